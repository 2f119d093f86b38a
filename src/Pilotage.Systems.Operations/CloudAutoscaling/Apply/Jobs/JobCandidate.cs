using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A policy that could be recommended for a job.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Make">Makes the policy for a fleet.</param>
/// <param name="Parameters">What defines it; for learned policies, their training.</param>
/// <param name="Validation">Mean return on the validation starts.</param>
internal sealed record JobCandidate(string Name, Func<JobFleet, IPolicy> Make, IReadOnlyList<KeyValuePair<string, double>> Parameters, double Validation)
{
    /// <summary>The learned policy, to be kept in a file; <see langword="null"/> for rules.</summary>
    public IPolicy? Learned { get; init; }
}
