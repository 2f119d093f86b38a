namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The greatest mean reward plus radius, whatever the constraints: what is earned by not asking.</summary>
/// <param name="record">What was seen.</param>
internal sealed class UpperConfidenceBound(ThresholdRecord record) : IThresholdRule
{
    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        var best = 0;
        for (var k = 1; k < record.Count; k++)
            if (record.Reward(k) + record.RewardRadius(k) > record.Reward(best) + record.RewardRadius(best)) best = k;
        return best;
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) => record.SeeRates(round, k, batch);

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);
}
