namespace Pilotage.Systems.Governance.Ofs;

/// <summary>
/// OFS: among the thresholds that may be feasible, the one that may be best; while none may be, the one that may miss least.
/// </summary>
/// <remarks>
/// arXiv:2512.22313. In its box's order:
/// 1. every threshold once, the most cautious first;
/// 2. F = thresholds whose residuals, less their radii, are all at most 0;
/// 3. the greatest mean reward plus radius in F, or, if F is empty, the least sum of positive residuals less radii (of equals the least played);
/// 4. what is seen is added to what was.
/// </remarks>
/// <param name="record">What was seen, with its radii and its window.</param>
internal sealed class OptimisticFeasibleSearch(ThresholdRecord record) : IThresholdRule
{
    /// <summary>What was seen.</summary>
    public ThresholdRecord Record => record;

    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        var (best, bestValue) = (-1, double.NegativeInfinity);
        for (var k = 0; k < record.Count; k++)
        {
            if (record.Violation(k, side: -1) > 0) continue;
            var value = record.Reward(k) + record.RewardRadius(k);
            if (value > bestValue) (best, bestValue) = (k, value);
        }
        return best >= 0 ? best : LeastViolation(record);
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) => record.SeeRates(round, k, batch);

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);

    /// <summary>The threshold that may miss least; of equals the least played, of those the lowest.</summary>
    /// <param name="record">What was seen.</param>
    /// <param name="side">As in <see cref="ThresholdRecord.Violation"/>.</param>
    public static int LeastViolation(ThresholdRecord record, int side = -1)
    {
        var best = 0;
        for (var k = 1; k < record.Count; k++)
        {
            var order = record.Violation(k, side).CompareTo(record.Violation(best, side));
            if (order < 0 || order == 0 && record.Pulls(k) < record.Pulls(best)) best = k;
        }
        return best;
    }
}
