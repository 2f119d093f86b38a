using Pilotage.Algorithms;
using Pilotage.Algorithms.Tabular;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Study;

public class CloudAutoscalingStudyTests
{
    private static readonly CloudAutoscalingConfig Small = new()
    {
        Ppo = new PpoConfig { Steps = 512, EnvironmentCount = 4, Horizon = 128, Epochs = 1, Minibatches = 4, Hidden = [8] },
        Dqn = new DqnConfig { Steps = 600, LearningStarts = 300, TrainPeriod = 16, Hidden = [8] },
        A2c = new A2cConfig { Steps = 640, EnvironmentCount = 4, Horizon = 16, Hidden = [8] },
        Sac = new SacConfig { Steps = 600, LearningStarts = 500, EnvironmentCount = 4, Hidden = [8], BatchSize = 8 },
        Delays = [10],
        TrainingPasses = 1,
        Tabular = new TabularConfig { VisitExponent = 0.6, PlanningSteps = 2 },
        JobPpo = new PpoConfig { Steps = 512, EnvironmentCount = 4, Horizon = 128, Epochs = 1, Minibatches = 4, Hidden = [8] },
        JobDqn = new DqnConfig { Steps = 600, LearningStarts = 300, TrainPeriod = 16, Hidden = [8] },
    };

    [Fact]
    public void SmokeRun_GeneratedWorkloads_MeasuresEveryArmAndKeepsBelowTheBound()
    {
        var study = CloudAutoscalingStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        var expected = outcome.Results.Values(StudyArms.Reference, 0, StudyMetrics.Return).Keys.ToHashSet();
        Assert.Equal(2 * 2, expected.Count);                             // traces x test days
        var onJobs = study.Arms.Where(arm => arm.Name.StartsWith("jobs-", StringComparison.Ordinal)).ToList();
        Assert.All(study.Arms.Except(onJobs), arm => Assert.Equal(expected, outcome.Results.Values(arm.Name, 0, StudyMetrics.Return).Keys.ToHashSet()));
        Assert.All(onJobs, arm => Assert.Equal(["jobs/0", "jobs/1", "jobs/2", "jobs/3"], outcome.Results.Values(arm.Name, 0, JobMetrics.Return).Keys));
        Assert.All(StudyArms.HeavyLearners, arm => Assert.Contains("generated-daily/d10-heavy/day-21", outcome.Results.Values(arm, 0, StudyMetrics.HeavyReturn).Keys));
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        AssertPlots(study.Plots(outcome));
        foreach (var id in new[] { "c", "g-bound" }) Assert.InRange(outcome.Claims.Single(claim => claim.Claim.Id == id).Effect.Estimate, double.NegativeInfinity, 1e-6);
    }

    private static void AssertPlots(IReadOnlyList<Plot> plots)
    {
        Assert.Equal(["cost-violations-generated-daily", "cost-violations-generated-bursty", "timeline", "jobs-cost-missed"], plots.Select(plot => plot.Name));
        Assert.All(plots.OfType<ScatterPlot>(), plot =>
        {
            Assert.True(plot.Points.Count >= 8 && plot.Front.Count >= 1);
            Assert.All(plot.Points, point => Assert.Contains(plot.Front, front => front.X <= point.X && front.Y <= point.Y));      // nothing is beyond the line
        });
        var timeline = plots.OfType<TimelinePlot>().Single();
        Assert.All(timeline.Panels.SelectMany(panel => panel.Series), series => Assert.Equal((144, 144), (series.X.Count, series.Y.Count)));
        Assert.Equal(StudyArms.Reference, timeline.Panels[0].Series.Single(series => series.IsReference).Name);
    }

    [Fact]
    public void Frontier_Points_KeepWhatNoOtherBeatsInBoth() =>
        Assert.Equal([(1, 5), (2, 3), (4, 1)], Frontier.Of([(4, 1), (2, 3), (3, 4), (1, 5), (2, 6), (5, 1)]));

    [Fact]
    public void Arms_ByCells_NetworksAndBlindLearnersRunWhereTheyAreMeantTo()
    {
        List<StudyCell> cells = [.. from trace in StudyTrace.GenerateAll(SeedTree.Root(1), 100) from delay in new[] { 1, 3, 10 } select new StudyCell(trace, new(), delay)];
        Assert.Equal(["generated-daily/d3", "generated-bursty/d3", "generated-trend/d3", "generated-daily/d10", "generated-bursty/d10"], StudyCells.Deep(cells).Select(cell => cell.Path));
        Assert.Equal(3, StudyCells.Longest(cells).Count);
        Assert.All(StudyCells.Middle(cells), cell => Assert.Equal(3, cell.Delay));
    }

    [Fact]
    public void Arms_SameTrial_MeasureTheSameBitsAtAnyParallelism()
    {
        var study = CloudAutoscalingStudy.Create(Small, Scale.Smoke, seedCount: 2, dataFolder: null);
        foreach (var name in new[] { StudyArms.Cold, StudyArms.Dyna })
        {
            var arm = study.Arms.Single(a => a.Name == name);
            IReadOnlyList<Measurement> Run() => [.. arm.Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None).Where(m => !m.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
            Assert.Equal(Run(), Run());
        }
    }

    [Fact]
    public void LaptopStudy_EveryClaim_CouldPass()
    {
        var study = CloudAutoscalingStudy.Create(new(), Scale.Laptop, seedCount: null, dataFolder: null);
        Assert.All(study.Claims.Where(claim => claim.SmallestP is not null), claim => Assert.True(claim.CanPass(claim.SmallestP!(study.SeedCount)), claim.Id));
        Assert.True(study.SeedCount >= 8);
    }

    [Fact]
    public void Create_BadSettingsOrFolder_IsAMistakeWithAllProblems()
    {
        var wrong = new CloudAutoscalingConfig { Delays = [3, 3], Service = new() { MinimumVms = 9, MaximumVms = 3 } };
        Assert.Equal(2, Assert.Throws<UserMistakeException>(() => CloudAutoscalingStudy.Create(wrong, Scale.Laptop, null, null)).Problems.Count);
        Assert.Equal(3, Assert.Throws<UserMistakeException>(() => CloudAutoscalingStudy.Create(new(), Scale.Laptop, null, "/nowhere")).Problems.Count);
    }
}
