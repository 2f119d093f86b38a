using Pilotage.Systems.Governance.Ofs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.Ofs;

public sealed class RuleTests
{
    private static readonly OfsConfig Config = new() { Thresholds = 5, Rounds = 100, Feedback = 0 };

    private static Batch Of(double reward, double gap) => new(reward, 1000, 1000, (int)Math.Round(500 + 1000 * gap), 500);

    private static void See(ThresholdRecord record, int k, double reward, double gap, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            record.SeeRates(i, k, Of(reward, gap));
            record.SeeReward(i, k, Of(reward, gap));
        }
    }

    // c sqrt( ln(2 K (J + 1) T / delta) / 2 · (1/1000 + 1/1000) ), J = 2 signed residuals, by hand.
    [Fact]
    public void Radius_OneBatch_CountsPeopleAndFourBatchesHalveIt()
    {
        var record = new ThresholdRecord(Config, 0.7);
        Assert.Equal(double.PositiveInfinity, record.RewardRadius(2));
        See(record, 2, 0.1, 0.02);
        var width = Math.Sqrt(Math.Log(2.0 * 5 * 3 * 100 / 0.05) / 2);
        Assert.Equal(0.7 * width * Math.Sqrt(2 / 1000.0), record.ResidualRadius(2, 0), 1e-12);
        Assert.Equal(0.7 * width * Math.Sqrt(2 * 2 / 2000.0), record.RewardRadius(2), 1e-12);                 // range of rewards u_good + u_bad = 2
        See(record, 3, 0.1, 0.02, times: 4);
        Assert.Equal(record.ResidualRadius(2, 0) / 2, record.ResidualRadius(3, 0), 1e-12);
        Assert.Equal(record.RewardRadius(2) / 2, record.RewardRadius(3), 1e-12);
    }

    [Fact]
    public void Residuals_SignedAbsoluteAndService_AreWhatTheySay()
    {
        var record = new ThresholdRecord(Config with { MinimumAcceptance = 0.6 }, 0);
        See(record, 1, 0, 0.2);
        Assert.Equal(3, record.Residuals);
        Assert.Equal(0.15, record.Residual(1, 0), 1e-12);
        Assert.Equal(-0.25, record.Residual(1, 1), 1e-12);
        Assert.Equal(0.6 - 0.6, record.Residual(1, 2), 1e-12);
        Assert.Equal(0.15, record.Violation(1, 0), 1e-12);
        var absolute = new ThresholdRecord(Config with { ResidualForm = ResidualForm.Absolute }, 0);
        See(absolute, 1, 0, -0.2);
        Assert.Equal(1, absolute.Residuals);
        Assert.Equal(0.15, absolute.Residual(1, 0), 1e-12);
    }

    [Fact]
    public void EmptyGroup_InABatch_LeavesItsResidualAlone()
    {
        var record = new ThresholdRecord(Config, 1);
        record.SeeRates(0, 1, new Batch(0.1, 200, 0, 100, 0));
        Assert.Equal(double.PositiveInfinity, record.ResidualRadius(1, 0));
        Assert.Equal(0, record.Violation(1, -1));
    }

    [Fact]
    public void Window_OldRounds_AreForgotten()
    {
        var record = new ThresholdRecord(Config, 1, window: 3);
        for (var round = 0; round < 6; round++)
        {
            record.SeeRates(round, 1, Of(round, 0.1));
            record.SeeReward(round, 1, Of(round, 0.1));
        }
        Assert.Equal(3, record.Pulls(1));
        Assert.Equal(4, record.Reward(1), 1e-12);                // of rounds 3, 4, 5
        record.SeeRates(20, 2, Of(0, 0));
        Assert.Equal(0, record.Pulls(1));
        Assert.Equal(double.PositiveInfinity, record.RewardRadius(1));
    }

    [Fact]
    public void Sweep_FirstRounds_GoFromTheHighestThresholdDown()
    {
        var (rule, random) = (new OptimisticFeasibleSearch(new(Config, 1)), SeedTree.Root(0).Start());
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(4 - round, rule.Choose(round, ref random));
            rule.SeeRates(round, 4 - round, Of(0, 0));
            rule.SeeReward(round, 4 - round, Of(0, 0));
        }
    }

    // Rewards rise with k, gaps too: 0, 0.02, 0.04, 0.06, 0.08 against a bound of 0.05.
    private static ThresholdRecord Seen(double radius)
    {
        var record = new ThresholdRecord(Config, radius);
        for (var k = 0; k < 5; k++) See(record, k, 0.1 * k, 0.02 * k);
        return record;
    }

    [Fact]
    public void Choices_AfterTheSweep_DifferAsTheRulesDo()
    {
        var random = SeedTree.Root(0).Start();
        Assert.Equal(2, new OptimisticFeasibleSearch(Seen(0)).Choose(5, ref random));          // the best that looks feasible
        Assert.Equal(4, new OptimisticFeasibleSearch(Seen(1)).Choose(5, ref random));          // radii of 0.1 leave all of them possible
        Assert.Equal(4, new UpperConfidenceBound(Seen(0)).Choose(5, ref random));
        Assert.Equal(2, new GreedyFeasible(Seen(0), 0).Choose(5, ref random));
        Assert.Equal(1, new PessimisticFeasibleSearch(Seen(0.2)).Choose(5, ref random));       // 0.021 around a gap: of 0 and 0.02, which are sure, the better
        Assert.InRange(new RandomFeasible(Seen(0)).Choose(5, ref random), 0, 2);
    }

    [Fact]
    public void NothingFeasible_OfEquals_TheLeastPlayedIsChosen()
    {
        var record = new ThresholdRecord(Config, 0);
        for (var k = 0; k < 5; k++) See(record, k, 0, 0.3, times: k == 3 ? 1 : 2);
        var random = SeedTree.Root(0).Start();
        Assert.Equal(3, new OptimisticFeasibleSearch(record).Choose(5, ref random));
        See(record, 1, 0, 0.1, times: 4);                        // now the mean of 1 misses least
        Assert.Equal(1, new OptimisticFeasibleSearch(record).Choose(5, ref random));
    }

    // lambda rises by residual / sqrt(T) where it is missed and never leaves [0, lambda_max].
    [Fact]
    public void PrimalDual_Prices_FollowTheResiduals()
    {
        var rule = new PrimalDual(Seen(0), Config with { GreatestPrice = 0.02 });
        rule.SeeRates(0, 0, Of(0, 0.9));
        Assert.Equal([0, 0], rule.Prices);                       // the first pass is nobody's choice
        rule.SeeRates(5, 4, Of(0.4, 0.15));
        Assert.Equal(0.1 / Math.Sqrt(100), rule.Prices[0], 1e-12);
        Assert.Equal(0, rule.Prices[1]);
        for (var round = 6; round < 20; round++) rule.SeeRates(round, 4, Of(0.4, 0.15));
        Assert.Equal(0.02, rule.Prices[0]);
        rule.SeeRates(20, 4, Of(0.4, -0.95));
        Assert.Equal(0, rule.Prices[0]);
    }

    // With exact feedback, no radii and nobody moved, the first choice after the sweep is the oracle's.
    [Fact]
    public void Search_ExactFeedback_IsTheOracleAfterTheSweep()
    {
        var config = new OfsConfig { Feedback = 0, BatchSize = 1000 };
        var grid = new ThresholdGrid(Applicants.Uniform(), config);
        var (rule, random) = (new OptimisticFeasibleSearch(new(config with { ParityGap = 0.05 + 1e-9 }, 0)), SeedTree.Root(0).Start());
        for (var round = 0; round < config.Thresholds + 5; round++)
        {
            var k = rule.Choose(round, ref random);
            if (round >= config.Thresholds) Assert.Equal(grid.Oracle, k);
            var exact = Exact(grid, k);
            rule.SeeRates(round, k, exact);
            rule.SeeReward(round, k, exact);
        }

        static Batch Exact(ThresholdGrid grid, int k)
        {
            var b = (int)Math.Round(400_000_000 * (1 - Math.Min(1, grid.Thresholds[k] / 0.8)));
            return new(grid.Reward(k, 0.5), 400_000_000, 400_000_000, b + (int)Math.Round(400_000_000 * grid.Gap(k)), b);
        }
    }

    [Fact]
    public void OutcomeDelay_OfThree_LetsRewardsArriveLate()
    {
        var config = Config with { OutcomeDelay = 3, Rounds = 20 };
        var grid = new ThresholdGrid(Applicants.Uniform(), config);
        var spy = new Spy();
        Lifetime.Live(grid, config, spy, SeedTree.Root(1), TestContext.Current.CancellationToken);
        Assert.Equal([.. Enumerable.Range(0, 17).Select(round => (round + 3, round % 5))], spy.Rewards);
        Assert.Equal(20, spy.Rates);
    }

    [Fact]
    public void Life_SameSeed_IsTheSameAndTheSteadyPartIsTheLastFifth()
    {
        var config = new OfsConfig { Rounds = 200, Thresholds = 11 };
        var grid = new ThresholdGrid(Applicants.Uniform(), config);
        Lifetime Live() => Lifetime.Live(grid, config, new GreedyFeasible(new(config, 0), 0.1), SeedTree.Root(5), TestContext.Current.CancellationToken);
        Assert.Equal(Live().Choices, Live().Choices);
        var life = new Lifetime([.. Enumerable.Range(0, 10).Select(i => i < 8 ? 5 : i)], [.. Enumerable.Repeat(0.5, 10)], new Batch[10]);
        Assert.Equal((grid.Reward(8, 0.5) + grid.Reward(9, 0.5)) / 2, life.SteadyReward(grid), 1e-12);
        Assert.Equal(8 * grid.Violation(5, 0.5) + grid.Violation(8, 0.5) + grid.Violation(9, 0.5), life.CumulativeViolation(grid), 1e-12);
        Assert.Equal([5 * grid.Violation(5, 0.5), life.CumulativeViolation(grid)], life.ViolationUntil(grid, [5, 10]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0, life.FeasibleReward(grid));                // neither 0.8 nor 0.9 holds parity
    }

    [Fact]
    public void Choose_InSteadyState_AllocatesNothing()
    {
        var (rule, random, round) = (new OptimisticFeasibleSearch(Seen(1)), SeedTree.Root(0).Start(), 5);
        Assert.Equal(0, Allocations.Fewest(() =>
        {
            var k = rule.Choose(round, ref random);
            rule.SeeRates(round, k, Of(0.1, 0.01));
            rule.SeeReward(round++, k, Of(0.1, 0.01));
        }));
    }

    private sealed class Spy : IThresholdRule
    {
        public List<(int Round, int K)> Rewards { get; } = [];

        public int Rates { get; private set; }

        public int Choose(int round, ref Randomness random) => round % 5;

        public void SeeRates(int round, int k, in Batch batch) => Rates++;

        public void SeeReward(int round, int k, in Batch batch) => Rewards.Add((round, k));
    }
}
