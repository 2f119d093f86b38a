using Pilotage.Systems.Governance.Ofs;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.Ofs;

public sealed class WorldTests
{
    private static readonly OfsConfig NoFeedback = new() { Feedback = 0 };

    // Scores U[0, 1] and U[0, 0.8], half each: gap 0.25 tau up to 0.8, reward 1.125 (tau - tau²) - 0.1.
    [Fact]
    public void Uniform_EveryThreshold_HasTheClosedFormGapAndReward()
    {
        var grid = new ThresholdGrid(Applicants.Uniform(), NoFeedback);
        for (var k = 0; k < grid.Thresholds.Length; k++)
        {
            var tau = grid.Thresholds[k];
            if (tau > 0.8) continue;
            Assert.Equal(0.25 * tau, grid.Gap(k), 1e-12);
            Assert.Equal(1.125 * (tau - tau * tau) - 0.1, grid.Reward(k, 0.5), 1e-12);
        }
        Assert.Equal(0.18125, grid.Reward(grid.Nearest(0.5), 0.5), 1e-12);
        Assert.Equal(0.5, grid.Thresholds[Enumerable.Range(0, 41).MaxBy(k => grid.Reward(k, 0.5))], 1e-12);
    }

    // At tau = 0.2 the gap is the bound itself, in floating point a little more: it counts as satisfied.
    [Fact]
    public void Oracle_BoundOfFiveHundredths_IsOneFifthAndEarnsEightHundredths()
    {
        var grid = new ThresholdGrid(Applicants.Uniform(), NoFeedback);
        Assert.Equal(0.2, grid.Thresholds[grid.Oracle], 1e-12);
        Assert.Equal(0.08, grid.Reward(grid.Oracle, 0.5), 1e-12);
        Assert.Equal(0, grid.Violation(grid.Oracle, 0.5));
        Assert.True(grid.Violation(grid.Oracle + 1, 0.5) > 0);
    }

    [Fact]
    public void Steady_FeedbackOfOne_MovesTheSharesAndTheReward()
    {
        var grid = new ThresholdGrid(Applicants.Uniform(), new() { Feedback = 1 });
        var k = grid.Nearest(0.2);
        Assert.Equal(0.55, grid.SteadyShare(k), 1e-12);
        Assert.Equal(0.088, grid.Reward(k, grid.SteadyShare(k)), 1e-12);
    }

    [Fact]
    public void Share_UnderAFixedThreshold_ShrinksItsDistanceByOneMinusEta()
    {
        var config = new OfsConfig { Feedback = 0.9, BatchSize = 3 };
        var grid = new ThresholdGrid(Applicants.Uniform(), config);
        var (loop, k) = (new ClosedLoop(grid, config, SeedTree.Root(1)), grid.Nearest(0.6));
        for (var round = 0; round < 30; round++)
        {
            var before = loop.ShareOfA - grid.SteadyShare(k);
            loop.Play(k);
            Assert.Equal(0.95 * before, loop.ShareOfA - grid.SteadyShare(k), 1e-12);
        }
        Assert.Equal(0.95, new ThresholdGrid(Applicants.Uniform(), config with { Feedback = 5 }).SteadyShare(k));        // held to its bounds
    }

    [Fact]
    public void Play_ManyPeople_IsTheTruthOnAverage()
    {
        var config = NoFeedback with { BatchSize = 400_000 };
        var grid = new ThresholdGrid(Applicants.Uniform(), config);
        var k = grid.Nearest(0.4);
        var batch = new ClosedLoop(grid, config, SeedTree.Root(2)).Play(k);
        Assert.Equal(grid.Reward(k, 0.5), batch.Reward, 0.004);
        Assert.Equal(grid.Gap(k), batch.Gap, 0.005);
        Assert.Equal(grid.Accepted(k, 0.5), batch.Accepted, 0.004);
        Assert.Equal(config.BatchSize, batch.Count);
    }

    [Fact]
    public void Play_UnevenShares_BringsAsManyOfGroupA()
    {
        var config = NoFeedback with { BatchSize = 100_000 };
        var batch = new ClosedLoop(new ThresholdGrid(Applicants.Uniform(0.2), config), config, SeedTree.Root(6)).Play(10);
        Assert.Equal(0.2, (double)batch.CountA / batch.Count, 0.005);
    }

    // Noise alone keeps |gap| above 0: about sqrt(2 / pi) sqrt(2 p (1 - p) / n), 0.0564 for n = 100 and p = 1/2.
    [Fact]
    public void AbsoluteGap_OfEqualGroups_IsBiasedAsTheFormulaSays()
    {
        var same = new Applicants("same", new UniformGroup(1), new UniformGroup(1), 0.5);
        var config = NoFeedback with { BatchSize = 200 };
        var loop = new ClosedLoop(new ThresholdGrid(same, config), config, SeedTree.Root(3));
        var (absolute, signed) = (0.0, 0.0);
        for (var i = 0; i < 4000; i++)
        {
            var gap = loop.Play(20).Gap;
            (absolute, signed) = (absolute + Math.Abs(gap) / 4000, signed + gap / 4000);
        }
        Assert.Equal(Math.Sqrt(2 / Math.PI) * Math.Sqrt(2 * 0.25 / 100), absolute, 0.002);
        Assert.Equal(0, signed, 0.004);
    }

    [Fact]
    public void SampledGroup_Counts_AreThoseOfItsPeople()
    {
        var group = new SampledGroup([(0.2, 0), (0.5, 1), (0.5, 0), (0.9, 1)]);
        Assert.Equal((1, 0.5), group.At(0));
        Assert.Equal((0.75, 0.5), group.At(0.5));               // who scores the threshold is accepted
        Assert.Equal((0.25, 0.25), group.At(0.51));
        Assert.Equal((0, 0), group.At(1));
        Assert.Equal((1, 0.5), new SampledGroup([.. Enumerable.Range(0, 10).Select(i => (0.5, i % 2.0))]).At(0.5));        // of equals all
        Assert.Equal((0.2, 0), group.Person(0));
        Assert.Equal((0.9, 1), group.Person(0.999));
    }

    [Fact]
    public void LogitNormal_Symmetric_IsHalfAcceptedAtOneHalf() => Assert.Equal(0.5, SampledGroup.LogitNormal(0, 1).At(0.5).Accepted, 1e-3);

    [Fact]
    public void Infeasible_NothingHolds_TheOracleMissesLeast()
    {
        var grid = new ThresholdGrid(Applicants.Uniform(), NoFeedback with { ParityGap = 0, MinimumAcceptance = 0.5 });
        Assert.True(grid.IsFeasible);                            // accepting everybody holds both
        grid = new ThresholdGrid(new("apart", new UniformGroup(1), new SampledGroup([(0, 0)]), 0.5), NoFeedback with { ParityGap = 0.01, MinimumAcceptance = 0.9, Thresholds = 11 });
        Assert.Equal(0, grid.Oracle);
        var worse = new ThresholdGrid(new("never", new SampledGroup([(1, 1)]), new SampledGroup([(0, 0)]), 0.5), NoFeedback with { ParityGap = 0.1, MinimumAcceptance = 0.9, Thresholds = 3 });
        Assert.True(worse.IsFeasible);                           // threshold 0 accepts all
    }

    [Fact]
    public void Logistic_Regression_RecoversTheWeightsItWasDrawnFrom()
    {
        var random = SeedTree.Root(4).Start();
        var (rows, goods) = (new List<double[]>(), new List<bool>());
        for (var i = 0; i < 20_000; i++)
        {
            double[] x = [random.NextNormal(), random.NextNormal()];
            rows.Add(x);
            goods.Add(random.NextDouble() < 1 / (1 + Math.Exp(-(0.5 + x[0] - 2 * x[1]))));
        }
        var model = LogisticRegression.Fit(rows, goods, penalty: 1e-3);
        double Logit(double[] x) => Math.Log(model.Probability(x) / (1 - model.Probability(x)));
        Assert.Equal(0.5, Logit([0, 0]), 0.1);
        Assert.Equal(1, Logit([1, 0]) - Logit([0, 0]), 0.1);
        Assert.Equal(-2, Logit([0, 1]) - Logit([0, 0]), 0.15);
    }

    // At the optimum the penalised score is 0: sum (y - p) x = lambda w, and sum (y - p) = 0 for the intercept.
    [Fact]
    public void Logistic_SeparableClasses_HaveFiniteWeightsAtTheOptimum()
    {
        double[][] rows = [[-2], [-1], [1], [2]];
        bool[] goods = [false, false, true, true];
        var model = LogisticRegression.Fit(rows, goods, penalty: 0.5);
        double Logit(double x) => Math.Log(model.Probability([x]) / (1 - model.Probability([x])));
        var weight = Logit(1) - Logit(0);
        Assert.Equal(0.5 * weight, rows.Zip(goods, (row, good) => ((good ? 1 : 0) - model.Probability(row)) * row[0]).Sum(), 1e-6);
        Assert.Equal(0.5, model.Probability([0]), 1e-9);
    }
}
