namespace Pilotage.Hosting;

/// <summary>What a policy decided for one observation.</summary>
/// <param name="Indices">One index for each discrete choice; empty for a box.</param>
/// <param name="Values">One value for each continuous dimension, in the environment's own unit; empty for discrete choices.</param>
/// <param name="Version">Which policy decided: the hash of its parameters, for logs.</param>
public readonly record struct PolicyDecision(IReadOnlyList<int> Indices, IReadOnlyList<float> Values, string Version)
{
    /// <summary>The index of a space with one discrete choice.</summary>
    public int Index => Indices[0];
}
