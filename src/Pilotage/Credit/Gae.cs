using Pilotage.Environments;

namespace Pilotage.Credit;

/// <summary>Generalised advantage estimation.</summary>
public static class Gae
{
    /// <summary>Generalised advantage estimates, computed backwards in time. Does not normalise.</summary>
    /// <param name="rewards">Reward after each step, shape [T, N], any unit.</param>
    /// <param name="values">V of each visited state, shape [T, N], same unit as rewards.</param>
    /// <param name="nextValues">V of the true next state, shape [T, N]: the last observation before a reset, not the first one after.</param>
    /// <param name="ends">Per step: <see cref="End.Running"/>, <see cref="End.Terminated"/> (no bootstrap) or <see cref="End.Truncated"/> (bootstrap, then cut the trace).</param>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="traceDecay">lambda, in [0, 1]; 0 gives one-step errors, 1 Monte Carlo minus baseline.</param>
    /// <param name="advantages">Receives the estimates, shape [T, N].</param>
    /// <exception cref="ArgumentException">Lengths differ, or do not divide by <paramref name="rows"/>.</exception>
    /// <remarks>arXiv:1506.02438, eq. 16. O(T N), allocates nothing, thread-safe.</remarks>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, ReadOnlySpan<float> nextValues, ReadOnlySpan<End> ends,
        int rows, double discount, double traceDecay, Span<float> advantages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (values.Length != rewards.Length || nextValues.Length != rewards.Length || ends.Length != rewards.Length || advantages.Length != rewards.Length || rewards.Length % rows != 0)
            throw new ArgumentException($"Lengths differ or do not divide by {rows} rows: rewards {rewards.Length}, values {values.Length}, next values {nextValues.Length}, ends {ends.Length}, advantages {advantages.Length}.");
        var gamma = (float)discount;
        var decay = (float)(discount * traceDecay);
        for (var i = rewards.Length - 1; i >= 0; i--)
        {
            var bootstrap = ends[i] == End.Terminated ? 0 : gamma * nextValues[i];
            var tdError = rewards[i] + bootstrap - values[i];
            var isLast = ends[i] != End.Running || i + rows >= rewards.Length;
            advantages[i] = isLast ? tdError : tdError + decay * advantages[i + rows];
        }
    }
}
