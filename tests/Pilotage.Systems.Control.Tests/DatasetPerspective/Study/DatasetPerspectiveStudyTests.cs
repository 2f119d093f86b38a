using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Control.DatasetPerspective;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

public sealed class DatasetPerspectiveStudyTests
{
    private static readonly DatasetPerspectiveConfig Small = new()
    {
        Transitions = 1000,
        EvaluationEpisodes = 2,
        Offline = new() { Steps = 100, BatchSize = 16, Hidden = [8], Quantiles = 4, Heads = 4, LearningRate = 1e-3 },
        CartPole = new DqnConfig { Steps = 800, LearningStarts = 100, TrainPeriod = 8, Hidden = [8] },
        MountainCar = new DqnConfig { Steps = 800, LearningStarts = 100, TrainPeriod = 8, Hidden = [8] },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArmOnEveryKindOfData()
    {
        var study = DatasetPerspectiveStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });

        Assert.Equal([DatasetPerspectiveStudy.Behaviour, "bc", "dqn", "cql"], study.Arms.Select(arm => arm.Name));
        string[] paths = ["cartpole/random", "cartpole/mixed", "cartpole/replay", "cartpole/noisy", "cartpole/expert"];
        Assert.All(study.Arms, arm => Assert.Equal(paths, outcome.Results.Values(arm.Name, 0, StudyMetrics.Score).Keys));
        Assert.All(study.Arms, arm => Assert.All(paths, path => Assert.True(outcome.Results.Values(arm.Name, 0, StudyMetrics.BestScore)[path] >= outcome.Results.Values(arm.Name, 0, StudyMetrics.Score)[path])));
        Assert.Equal(0, outcome.Results.Values(DatasetPerspectiveStudy.Behaviour, 0, StudyMetrics.Quality)["cartpole/random"]);
        Assert.Equal(1, outcome.Results.Values(DatasetPerspectiveStudy.Behaviour, 0, StudyMetrics.Coverage)["cartpole/replay"]);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));

        var plots = study.Plots(outcome);
        var scatter = Assert.IsType<ColourPlot>(plots[0]);
        Assert.Equal(["bc", "dqn", "cql"], scatter.Panels.Select(panel => panel.Name));
        Assert.All(scatter.Panels, panel => Assert.Equal(5, panel.Points.Count));
        Assert.Equal(["correlation-tq", "correlation-saco", "correlation-both"], plots.Skip(1).Take(3).Select(plot => plot.Name));
        var ranks = Assert.IsType<HeatmapPlot>(plots[4]);
        Assert.Equal(3 * ranks.Columns.Count, ranks.Values.Count);
        Assert.All(Enumerable.Range(0, ranks.Columns.Count), column => Assert.Equal(6, Enumerable.Range(0, 3).Sum(row => ranks.Values[row * ranks.Columns.Count + column]), 1e-9));
    }

    [Fact]
    public void Arms_SameTrial_MeasureTheSameBits()
    {
        IReadOnlyList<Measurement> Run(string name) =>
            [.. DatasetPerspectiveStudy.Create(Small with { Environments = ["MountainCar-v0"] }, Scale.Laptop, seedCount: 8, dataFolder: null).Arms.Single(arm => arm.Name == name)
                .Run(new(Scale.Laptop, 1, SeedTree.Root(5)), CancellationToken.None).Where(m => !m.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
        Assert.Equal(Run("crr"), Run("crr"));
        // A learner of 800 steps does not find the goal: the rule of thumb's data are told as such, and are the best.
        var behaviour = Run(DatasetPerspectiveStudy.Behaviour);
        Assert.All(behaviour.Where(m => m.Metric == StudyMetrics.Rule), m => Assert.Equal(1, m.Value));
        Assert.Equal(1, behaviour.Single(m => m.Metric == StudyMetrics.Quality && m.Instance == "mountaincar/expert").Value);
    }

    [Fact]
    public void Arms_Cancelled_StopAndCanBeRunAgain()
    {
        var arm = DatasetPerspectiveStudy.Create(Small, Scale.Smoke, seedCount: 1, dataFolder: null).Arms[0];
        var trial = new Trial(Scale.Smoke, 0, SeedTree.Root(5));
        Assert.Throws<OperationCanceledException>(() => arm.Run(trial, new CancellationToken(canceled: true)));
        Assert.NotEmpty(arm.Run(trial, CancellationToken.None));
    }

    [Theory]
    [InlineData(89, 90, true)]
    [InlineData(90, 91, true)]
    [InlineData(91, 91, false)]
    [InlineData(99, 100, true)]
    [InlineData(9, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(0, 0, false)]
    public void IsEvaluated_EveryTenthAndEveryHundredthOfTheLast(int before, int after, bool expected) => Assert.Equal(expected, OfflineArm.IsEvaluated(before, after));

    [Fact]
    public void LaptopStudy_EveryClaim_CouldPass()
    {
        var study = DatasetPerspectiveStudy.Create(new(), Scale.Laptop, seedCount: null, dataFolder: null);
        Assert.True(study.SeedCount >= 8);
        StudyRunner.Check(study, Scale.Laptop);
        Assert.Equal(20, study.Claims.Count);
        Assert.Equal(10, study.Arms.Count);
    }

    [Fact]
    public void Create_PaperScale_HasThePapersSizes()
    {
        var paper = StudySizes.At(Scale.Paper, new());
        Assert.Equal((100_000, 500_000L, 50, 200, 1e-4), (paper.Transitions, paper.Offline.Steps, paper.Offline.Quantiles, paper.Offline.Heads, paper.Offline.LearningRate));
        Assert.Equal([256, 256, 256], paper.Offline.Hidden);
    }
}
