using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A policy that could be recommended.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Policy">Acts on frames of <paramref name="Layout"/>.</param>
/// <param name="Layout">What it sees.</param>
/// <param name="Parameters">What defines it; for learned policies, their training.</param>
internal sealed record Candidate(string Name, IPolicy Policy, ObservationLayout Layout, IReadOnlyList<KeyValuePair<string, double>> Parameters)
{
    /// <summary>Writes what a rule's parameters do not hold: a decision table, weights. Gives the files' names; <see langword="null"/> for rules.</summary>
    public Func<string, IReadOnlyList<string>>? Export { get; init; }

    /// <summary>Mean reward on the validation days.</summary>
    public double Validation { get; init; }

    /// <summary>Whether it is recommended before an equal one: rules are easier to run and to explain than learned policies.</summary>
    public bool IsRule => Export is null;
}
