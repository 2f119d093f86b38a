namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The world of a threshold rule: a batch of people applies, is decided on, and the decisions change who applies next.</summary>
/// <remarks>
/// m(t + 1) = (1 - eta) m(t) + eta clip(m_0 + gamma (a_A - a_B)), with the acceptance rates of the population. Every person takes three draws, whatever is
/// decided, so that all rules meet the same people as long as their populations agree.
/// </remarks>
internal sealed class ClosedLoop(ThresholdGrid grid, OfsConfig config, SeedTree seeds)
{
    private Randomness _random = seeds.Start();

    /// <summary>m: share of group A among arrivals.</summary>
    public double ShareOfA { get; private set; } = grid.Applicants.ShareOfA;

    /// <summary>Decides on a batch.</summary>
    /// <param name="k">Which threshold.</param>
    public Batch Play(int k)
    {
        var threshold = grid.Thresholds[k];
        var (countA, acceptedA, acceptedB, reward) = (0, 0, 0, 0.0);
        for (var i = 0; i < config.BatchSize; i++)
        {
            var isA = _random.NextDouble() < ShareOfA;
            var (score, good) = (isA ? grid.Applicants.A : grid.Applicants.B).Person(_random.NextDouble());
            var isGood = _random.NextDouble() < good;
            if (isA) countA++;
            if (score < threshold) continue;
            if (isA) acceptedA++;
            else acceptedB++;
            reward += isGood ? config.GoodUtility : -config.BadUtility;
        }
        ShareOfA = grid.NextShare(k, ShareOfA);
        return new(reward / config.BatchSize, countA, config.BatchSize - countA, acceptedA, acceptedB);
    }
}
