using Pilotage.Policies;

namespace Pilotage.Environments;

/// <summary>A named environment with the rule of thumb that any learned policy must beat.</summary>
/// <param name="Summary">One line: what is decided, and for what.</param>
/// <param name="Spec">Name, spaces and time limit.</param>
/// <param name="Create">Makes the environment from a number of rows, at least 1, and a seed node.</param>
/// <param name="CreateHeuristic">Makes the heuristic.</param>
/// <param name="Heuristic">One line: how the heuristic decides.</param>
public sealed record EnvironmentEntry(string Summary, EnvironmentSpec Spec, Func<int, SeedTree, IVectorEnvironment> Create, Func<IPolicy> CreateHeuristic, string Heuristic)
{
    /// <summary>The name that users type.</summary>
    public string Name => Spec.Name;
}
