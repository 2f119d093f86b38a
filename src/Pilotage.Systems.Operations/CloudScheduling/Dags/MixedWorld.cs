namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Two worlds of the same machines: each problem is drawn from one of them.</summary>
/// <param name="usual">Gives machines, rules and the unit of time, and the other problems.</param>
/// <param name="other">Gives a share of the problems.</param>
/// <param name="share">How large, in [0, 1].</param>
internal sealed class MixedWorld(IClusterWorld usual, IClusterWorld other, double share) : IClusterWorld
{
    /// <inheritdoc/>
    public ClusterRules Rules => usual.Rules;

    /// <inheritdoc/>
    public IReadOnlyList<Machine> Machines => usual.Machines;

    /// <inheritdoc/>
    public double TimeScale => usual.TimeScale;

    /// <inheritdoc/>
    public ClusterProblem Draw(ref Randomness random) => (random.NextDouble() < share ? other : usual).Draw(ref random);
}
