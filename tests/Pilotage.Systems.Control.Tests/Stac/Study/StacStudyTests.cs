using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Control.Stac;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac.Study;

public sealed class StacStudyTests
{
    private static readonly StacConfig Tiny = new()
    {
        Hidden = [8], BatchSize = 8, Study = new() { BatchSize = 8, Betas = [0, 0.5], PointMassSteps = 400, PendulumSteps = 400, HopperSteps = 0 },
    };

    [Fact]
    public void SmokeRun_WithoutMujoco_MeasuresEveryArmTwiceTheSame()
    {
        StudyOutcome Run(out StacStudy study)
        {
            study = StacStudy.Create(Tiny, Scale.Smoke, seedCount: null, models: null);
            return StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        }
        var (outcome, again) = (Run(out var study), Run(out _));

        Assert.Equal(["rule", "tangent-detour", "random", "sac", "sac-single", "estac", "stac-0", "stac-0.5"], study.Arms.Select(arm => arm.Name));
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        foreach (var arm in study.Arms.Select(arm => arm.Name))
        {
            Assert.NotEmpty(outcome.Results.Values(arm, 0, "point_mass_return"));
            Assert.Equal(1, outcome.Results.Values(arm, 0, StudyMetrics.Cells).Values.Sum(), 1e-9);
            foreach (var metric in outcome.Results.MetricsOf(arm).Where(metric => !metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal)))
                Assert.Equal(outcome.Results.Values(arm, 0, metric), again.Results.Values(arm, 0, metric));
        }
        Assert.Equal(0, outcome.Results.Values("tangent-detour", 0, StudyMetrics.Occupancy).Values.Single());
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        var plots = study.Plots(outcome);
        Assert.Equal(
            ["pendulum-value-error", "pendulum-return", "point-mass-sweep", "pendulum-sweep", "occupancy-rule", "occupancy-sac", "occupancy-stac-0", "occupancy-stac-0-5"], plots.Select(plot => plot.Name));
        Assert.All(plots.OfType<HeatmapPlot>(), plot => Assert.Equal(100, plot.Values.Where(double.IsFinite).Sum(root => root * root), 1e-6));
        Assert.All(plots.OfType<LinePlot>(), plot => Assert.All(plot.Series, series => Assert.Equal(series.X.Count, series.Y.Count)));
    }

    [Fact]
    public void Tasks_OfScalesAndVariants_AreWhatTheSheetAsksFor()
    {
        var laptop = StudyTasks.Of(new(), Scale.Laptop, models: "anywhere");
        Assert.Equal([("RiskyPointMass-v0", 6_000L, 0.01), ("Pendulum-v1", 6_000L, 0.2), ("Hopper-v4", 8_000L, 0.2)], laptop.Select(task => (task.Name, task.Steps, task.Temperature)));
        Assert.Equal((0.01f, 0.01f), (laptop[2].Dropout.Actor, laptop[2].Dropout.Critic));
        Assert.All(StudyTasks.Of(new(), Scale.Paper, "anywhere"), task => Assert.Equal(10_000, task.LearningStarts));
        Assert.Equal("RiskyPointMassCode-v0", StudyTasks.Of(new() { CodeVariant = true }, Scale.Laptop, null)[0].Name);
        Assert.Equal(2, StudyTasks.Of(new(), Scale.Laptop, models: null).Count);
        Assert.Equal([1, 0.1, 1], laptop.Select(task => task.RewardScale));
        Assert.Equal(400, laptop[1].CreateProbed(1, SeedTree.Root(1)).Spec.TimeLimit);
    }
}
