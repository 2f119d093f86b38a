namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The best of those that look feasible, by means alone; now and then any threshold.</summary>
/// <param name="record">What was seen.</param>
/// <param name="exploration">epsilon: how often any threshold is tried.</param>
internal sealed class GreedyFeasible(ThresholdRecord record, double exploration) : IThresholdRule
{
    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        if (random.NextDouble() < exploration) return random.NextInt(record.Count);
        var best = -1;
        for (var k = 0; k < record.Count; k++)
            if (record.Violation(k, side: 0) <= 0 && (best < 0 || record.Reward(k) > record.Reward(best))) best = k;
        return best >= 0 ? best : OptimisticFeasibleSearch.LeastViolation(record, side: 0);
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) => record.SeeRates(round, k, batch);

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);
}
