namespace Pilotage.Systems.Governance.Ofs;

/// <summary>All rounds of one rule in one world.</summary>
/// <param name="Choices">The threshold of each round.</param>
/// <param name="Shares">m: share of group A before each round.</param>
/// <param name="Batches">What each round showed.</param>
internal sealed record Lifetime(int[] Choices, double[] Shares, Batch[] Batches)
{
    private const double SteadyPart = 0.2;               // the last part of the rounds, in which learning is over

    /// <summary>Plays all rounds.</summary>
    /// <param name="grid">The truth of the thresholds.</param>
    /// <param name="config">Rounds, delay of the outcomes.</param>
    /// <param name="rule">Who chooses.</param>
    /// <param name="seeds">Branch of the people and of the rule's own chance.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public static Lifetime Live(ThresholdGrid grid, OfsConfig config, IThresholdRule rule, SeedTree seeds, CancellationToken cancellation = default)
    {
        var loop = new ClosedLoop(grid, config, seeds.Environments);
        var random = seeds.Actions.Start();
        var life = new Lifetime(new int[config.Rounds], new double[config.Rounds], new Batch[config.Rounds]);
        for (var round = 0; round < config.Rounds; round++)
        {
            if (round % 256 == 0) cancellation.ThrowIfCancellationRequested();
            var k = life.Choices[round] = rule.Choose(round, ref random);
            life.Shares[round] = loop.ShareOfA;
            life.Batches[round] = loop.Play(k);
            rule.SeeRates(round, k, life.Batches[round]);
            // Outcomes of an earlier round may be known only now.
            if (round - config.OutcomeDelay is >= 0 and var known) rule.SeeReward(round, life.Choices[known], life.Batches[known]);
        }
        return life;
    }

    /// <summary>Mean true reward per applicant, over all rounds.</summary>
    public double Reward(ThresholdGrid grid) => Mean(0, (k, share) => grid.Reward(k, share));

    /// <summary>The same over the last fifth.</summary>
    public double SteadyReward(ThresholdGrid grid) => Mean(Steady, (k, share) => grid.Reward(k, share));

    /// <summary>The same, where a round that misses a constraint counts 0.</summary>
    public double FeasibleReward(ThresholdGrid grid) => Mean(Steady, (k, share) => grid.Violation(k, share) == 0 ? grid.Reward(k, share) : 0);

    /// <summary>Share of the last fifth's rounds that hold all constraints.</summary>
    public double SteadyFeasible(ThresholdGrid grid) => Mean(Steady, (k, share) => grid.Violation(k, share) == 0 ? 1 : 0);

    /// <summary>True residuals above 0, added up over all rounds.</summary>
    public double CumulativeViolation(ThresholdGrid grid) => Mean(0, (k, share) => grid.Violation(k, share)) * Choices.Length;

    /// <summary>True residuals above 0, added up until each of some rounds.</summary>
    /// <param name="grid">The truth of the thresholds.</param>
    /// <param name="rounds">Ascending, at most the number of rounds.</param>
    public IReadOnlyList<double> ViolationUntil(ThresholdGrid grid, IReadOnlyList<double> rounds)
    {
        var (sums, sum, next) = (new double[rounds.Count], 0.0, 0);
        for (var i = 0; i < sums.Length; i++)
        {
            for (; next < (int)rounds[i]; next++) sum += grid.Violation(Choices[next], Shares[next]);
            sums[i] = sum;
        }
        return sums;
    }

    private int Steady => Choices.Length - (int)Math.Ceiling(SteadyPart * Choices.Length);

    private double Mean(int from, Func<int, double, double> value)
    {
        var sum = 0.0;
        for (var round = from; round < Choices.Length; round++) sum += value(Choices[round], Shares[round]);
        return sum / (Choices.Length - from);
    }
}
