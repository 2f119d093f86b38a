using Pilotage.Evaluation;
using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Study;

public sealed class DelayedRepressionStudyTests
{
    private static readonly DelayedRepressionConfig Small = new() { Agents = 30, Steps = 40 };

    [Fact]
    public void Smoke_Runs_JudgesEveryClaimAndDrawsEveryFigure()
    {
        var study = DelayedRepressionStudy.Create(Small, Scale.Smoke, 2);
        var outcome = StudyRunner.Run(study, new() { Scale = Scale.Smoke }, TestContext.Current.CancellationToken);
        Assert.Equal(study.Claims.Count, outcome.Claims.Count);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["runaway-full", "runaway-tail", "bifurcation", "beyond", "life"], study.Plots(outcome).Select(plot => plot.Name));
        foreach (var metric in study.Metrics.Where(metric => !metric.Name.StartsWith("fine", StringComparison.Ordinal)))
            Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name));
    }

    // The design of laptop scale is the paper's: counted by hand from its table of experiments.
    [Fact]
    public void Laptop_Design_IsThePapers()
    {
        var study = DelayedRepressionStudy.Create(new(), Scale.Laptop, null);
        var design = SocietyDesign.Of(new());
        Assert.Equal(50, study.SeedCount);
        Assert.Equal((5, 9, 8, 25), (design.Crossed.Count, design.Sweep.Count, design.Sharpness.Count, design.Map.Count));
        Assert.All(design.Sweep, cell => Assert.Equal(20, cell.Sharpness));
        Assert.All(design.Sharpness, cell => Assert.Equal(15, cell.Delay));
        Assert.Equal(new SocietyCell(6, 10), design.Governance);
    }

    [Fact]
    public void Arms_OfOneSeed_LiveOnTheSameGraphWithTheSameStart()
    {
        var seeds = SeedTree.Root(0).Branch(3);
        var (a, b) = (StudyArms.World(Small, seeds), StudyArms.World(Small, seeds));
        Assert.Equal(a.Graph.Weights, b.Graph.Weights);
        Assert.Equal(a.Population.Start, b.Population.Start);
    }
}
