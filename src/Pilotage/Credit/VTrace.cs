using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Credit;

/// <summary>V-trace: value targets and advantages for one policy from steps that another one chose.</summary>
public static class VTrace
{
    /// <summary>Value targets and policy advantages, computed backwards in time.</summary>
    /// <param name="logRatios">log pi(a|x) - log mu(a|x) of each action taken, pi learning and mu having acted, shape [T, N]; 0 on policy.</param>
    /// <param name="rewards">Reward after each step, shape [T, N], any unit.</param>
    /// <param name="values">V of each visited state, shape [T, N], same unit as rewards.</param>
    /// <param name="nextValues">V of the true next state, shape [T, N]: the last observation before a reset, not the first one after.</param>
    /// <param name="ends">Per step: <see cref="End.Running"/>, <see cref="End.Terminated"/> (no bootstrap) or <see cref="End.Truncated"/> (bootstrap, then cut the trace).</param>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="settings">Discount, trace decay and where the ratios are cut.</param>
    /// <param name="targets">Receives v, shape [T, N]: what V should be.</param>
    /// <param name="advantages">Receives rho (r + gamma v' - V), shape [T, N]: what weighs the policy's gradient.</param>
    /// <exception cref="ArgumentException">Lengths differ, or do not divide by <paramref name="rows"/>.</exception>
    /// <remarks>
    /// arXiv:1802.01561, eq. 1 by the recursion of its remark 1, with c = lambda min(c-bar, ratio) as in its remark 2, and the policy's gradient of section 4.2. The cut of rho says
    /// whose value is found: of pi where there is none, of mu near 0; the cut of c how far errors travel. On policy, with both cuts at least 1, advantages at lambda 1 and
    /// v - V at any lambda are those of <see cref="Gae"/>. O(T N), allocates nothing, thread-safe.
    /// </remarks>
    public static void Compute(
        ReadOnlySpan<float> logRatios, ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, ReadOnlySpan<float> nextValues, ReadOnlySpan<End> ends,
        int rows, VTraceSettings settings, Span<float> targets, Span<float> advantages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var length = rewards.Length;
        if (logRatios.Length != length || values.Length != length || nextValues.Length != length || ends.Length != length
            || targets.Length != length || advantages.Length != length || length % rows != 0)
            throw new ArgumentException($"Lengths differ or do not divide by {rows} rows: log ratios {logRatios.Length}, rewards {length}, values {values.Length}, next values {nextValues.Length}, ends {ends.Length}, targets {targets.Length}, advantages {advantages.Length}.");
        var gamma = (float)settings.Discount;
        for (var i = length - 1; i >= 0; i--)
        {
            var ratio = Exponential.Exp(logRatios[i]);
            var rho = (float)Math.Min(settings.RatioCut, ratio);
            var c = (float)(settings.TraceDecay * Math.Min(settings.TraceCut, ratio));
            var isLast = ends[i] != End.Running || i + rows >= length;
            var nextValue = ends[i] == End.Terminated ? 0 : nextValues[i];
            var nextTarget = isLast ? nextValue : targets[i + rows];                      // v of the next step; V where the trace is cut
            targets[i] = values[i] + rho * (rewards[i] + gamma * nextValue - values[i]) + gamma * c * (nextTarget - nextValue);
            advantages[i] = rho * (rewards[i] + gamma * nextTarget - values[i]);
        }
    }
}
