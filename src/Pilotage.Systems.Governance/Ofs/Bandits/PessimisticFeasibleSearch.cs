namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The best of those that are surely feasible; until one is, the one that may miss least.</summary>
/// <param name="record">What was seen.</param>
internal sealed class PessimisticFeasibleSearch(ThresholdRecord record) : IThresholdRule
{
    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        var (best, bestValue) = (-1, double.NegativeInfinity);
        for (var k = 0; k < record.Count; k++)
        {
            if (record.Violation(k, side: 1) > 0) continue;
            var value = record.Reward(k) + record.RewardRadius(k);
            if (value > bestValue) (best, bestValue) = (k, value);
        }
        return best >= 0 ? best : OptimisticFeasibleSearch.LeastViolation(record);
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) => record.SeeRates(round, k, batch);

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);
}
