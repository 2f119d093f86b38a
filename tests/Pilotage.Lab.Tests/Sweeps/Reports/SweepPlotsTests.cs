using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Reports;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Reports;

public sealed class SweepPlotsTests
{
    private static (SweepPlan Plan, List<Finding> Findings) Searched(SweepSettings settings, Func<Proposal, double> score)
    {
        var target = new SystemTarget(new HillSystem(), new HillSettings(), settings, Evaluation.Scale.Laptop, null, Tensors.Device.Managed);
        var plan = SweepPlan.Of(target, settings, new(SeedTree.Root(0)));
        return (plan, Tuners.TunerCases.Run(plan.Tuner, score));
    }

    [Fact]
    public void Of_Grid_ShowsBestSoFarResponsesAndBothTogether()
    {
        var (plan, findings) = Searched(SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["east=0,0.5", "stride=0.01..1:log:3"] }, proposal => proposal.Candidate.Index == 3 ? double.NaN : proposal.Candidate.Index % 4);

        var plots = SweepPlots.Of(plan, findings, [7, 9]);

        Assert.Equal(["best-so-far", "response-east", "response-stride", "together"], plots.Select(plot => plot.Name));
        var progress = (LinePlot)plots[0];
        Assert.Equal([0.0, 1, 2, 2, 2, 2, 2], progress.Series[0].Y);     // the default, six points of the grid; the third failed
        Assert.True(double.IsNaN(progress.Series[1].Y[3]));
        Assert.Equal(("stay", 8), progress.Levels[0]);
        var stride = (ColourPlot)plots[2];
        Assert.Equal("log10 stride", stride.X.Title);
        Assert.Equal(-2, stride.Panels[0].Points[1].X, 12);
        var together = (HeatmapPlot)plots[3];
        Assert.Equal(["0.01", "0.1", "1"], together.Columns);
        Assert.Equal(["0", "0.5"], together.Rows);
        Assert.Equal([1, 2, double.NaN, 0, 1, 2], together.Values);
    }

    [Fact]
    public void Of_Halving_ShowsTheRounds()
    {
        var (plan, findings) = Searched(SweepCases.Settings with { Method = SweepMethod.Halving, Trials = 3, Budget = "hours" }, proposal => proposal.Candidate.Index);

        var rounds = (LinePlot)SweepPlots.Of(plan, findings, []).Single(plot => plot.Name == "rounds");

        Assert.Equal("c008", rounds.Series[0].Name);
        Assert.Equal([1.0 / 9, 1.0 / 3, 1], rounds.Series[0].X);
        Assert.Equal(9, rounds.Series.Count);
    }

    // Lists that do not rise have no scale: places stand for names.
    [Fact]
    public void Of_Names_HavePlaces()
    {
        var (plan, findings) = Searched(SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["load=none,heavy"] }, _ => 1);

        var response = (ColourPlot)SweepPlots.Of(plan, findings, []).Single(plot => plot.Name == "response-load");

        Assert.Equal("place in none, heavy", response.X.Title);
        Assert.Equal([2.0, 1], response.Panels[0].Points.Select(point => point.X));
    }
}
