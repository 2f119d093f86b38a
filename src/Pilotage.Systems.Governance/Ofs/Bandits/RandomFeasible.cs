namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Any of those that look feasible, evenly: the floor of what obeying earns.</summary>
/// <param name="record">What was seen.</param>
internal sealed class RandomFeasible(ThresholdRecord record) : IThresholdRule
{
    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        var (chosen, seen) = (-1, 0);
        for (var k = 0; k < record.Count; k++)
            if (record.Violation(k, side: 0) <= 0 && random.NextInt(++seen) == 0) chosen = k;          // the n-th replaces the others with probability 1 / n
        return chosen >= 0 ? chosen : OptimisticFeasibleSearch.LeastViolation(record, side: 0);
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) => record.SeeRates(round, k, batch);

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);
}
