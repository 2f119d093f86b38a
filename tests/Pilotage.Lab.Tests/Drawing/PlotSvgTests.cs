using System.Xml.Linq;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Drawing;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Drawing;

public sealed class PlotSvgTests
{
    private const string Nasty = "<script>alert('x & y')</script>";

    public static TheoryData<string> Kinds => [.. Plots().Select(plot => plot.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Document_OfEachKind_IsWellFormedAndEncodesEveryText(string kind)
    {
        var svg = PlotSvg.Document(Plots().Single(plot => plot.Name == kind));

        var document = XDocument.Parse(svg);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Contains(document.Descendants().Where(element => element.Name.LocalName == "text"), text => text.Value.StartsWith("<script>", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inline_OfEachKind_GivesAWideAndANarrowPicture(string kind)
    {
        var both = XDocument.Parse($"<div>{PlotSvg.Inline(Plots().Single(plot => plot.Name == kind))}</div>").Root!.Elements().ToList();

        Assert.Equal(["plot wide", "plot narrow"], both.Select(svg => svg.Attribute("class")!.Value));
        Assert.True(double.Parse(both[1].Attribute("width")!.Value) <= 336);
    }

    [Fact]
    public void Document_Intervals_IsTheCommittedPicture() => Snapshot.Matches(PlotSvg.Document(Plots().Single(plot => plot.Name == "intervals")).Split("</style>")[1]);

    [Fact]
    public void Document_ALine_LeavesAGapWhereANumberIsMissing()
    {
        var plot = new LinePlot("gap", "Gap", new("x"), new("y"), [new("a", [0, 1, 2, 3, 4], [0, 1, double.NaN, 1, 0])]);

        var path = Assert.Single(XDocument.Parse(PlotSvg.Document(plot)).Descendants(), element => element.Attribute("class")?.Value == "c0 line");

        Assert.Equal(2, path.Attribute("d")!.Value.Count(letter => letter == 'M'));
    }

    [Fact]
    public void Document_ASteppedLine_HoldsItsValueUntilTheNext()
    {
        var plot = new LinePlot("steps", "Steps", new("x"), new("y"), [new("a", [0, 1], [0, 10]) { IsStepped = true }]);

        var path = Assert.Single(XDocument.Parse(PlotSvg.Document(plot)).Descendants(), element => element.Attribute("class")?.Value == "c0 line").Attribute("d")!.Value;

        var points = path[1..].Split('L').Select(point => point.Split(' ')).ToList();
        Assert.Equal(3, points.Count);
        Assert.Equal((points[1][0], points[1][1]), (points[2][0], points[0][1]));
    }

    [Fact]
    public void Document_AVeryLongLine_KeepsItsPeaks()
    {
        var y = new double[100_000];
        y[54_321] = 7;
        var plot = new LinePlot("long", "Long", new("x"), new("y"), [new("a", [.. Enumerable.Range(0, y.Length).Select(i => (double)i)], y)]);

        var svg = PlotSvg.Document(plot);

        Assert.True(svg.Length < 60_000);
        var heights = Assert.Single(XDocument.Parse(svg).Descendants(), element => element.Attribute("class")?.Value == "c0 line").Attribute("d")!.Value[1..].Split('L').Select(point => double.Parse(point.Split(' ')[1]));
        Assert.Equal(2, heights.Distinct().Count());
    }

    [Fact]
    public void Document_Cells_AreStrongerTheFartherFromTheCentre()
    {
        var plot = new HeatmapPlot("wins", "Wins", new("against"), new("player"), ["a", "b", "c"], ["a"], [0.5, 0.9, 0.3], new("wins", "share")) { Centre = 0.5 };

        var cells = XDocument.Parse(PlotSvg.Document(plot)).Descendants().Where(element => element.Name.LocalName == "rect" && element.Elements().Any())
            .Select(cell => (Colour: cell.Attribute("class")!.Value, Strength: (double)cell.Attribute("fill-opacity")!)).ToList();

        Assert.Equal([("c0 fill", 0.06), ("c0 fill", 0.75), ("c1 fill", 0.405)], cells);
    }

    [Fact]
    public void Document_ManyColumns_LeaveOutLabelsThatHaveNoRoom()
    {
        var columns = Enumerable.Range(0, 60).Select(i => $"c{100 + i}").ToList();
        var plot = new HeatmapPlot("map", "Map", new("x"), new("y"), columns, ["a"], [.. columns.Select((_, i) => (double)i)], new("z"));

        var labels = XDocument.Parse(PlotSvg.Document(plot)).Descendants().Where(element => element.Name.LocalName == "text" && columns.Contains(element.Value)).Select(text => (double)text.Attribute("x")!).ToList();

        Assert.InRange(labels.Count, 10, 30);
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First > 4 * 0.56 * 12));
    }

    [Fact]
    public void Document_Gantt_OverlappingBarsLieBelowEachOther_AndGroupsShareColours()
    {
        var plot = new GanttPlot("gantt", "Gantt", new("time", "s"), ["a", "b"], [new(0, 0, 4, "x", "x0"), new(0, 2, 6, "y", "y0"), new(0, 4, 5, "x", "x1"), new(1, 0, 1, "x", "x2"), new(7, 0, 1, "lost", "lost")]);

        var bars = XDocument.Parse(PlotSvg.Document(plot)).Descendants().Where(element => element.Name.LocalName == "rect" && element.Elements().Any())
            .ToDictionary(bar => bar.Value, bar => (Colour: bar.Attribute("class")!.Value, Y: (double)bar.Attribute("y")!, X: (double)bar.Attribute("x")!, Width: (double)bar.Attribute("width")!));

        Assert.Equal(["x0", "y0", "x1", "x2"], bars.Keys);
        Assert.Equal(("c0 fill", "c1 fill", "c0 fill"), (bars["x0"].Colour, bars["y0"].Colour, bars["x2"].Colour));
        Assert.Equal(bars["x0"].Y, bars["x1"].Y);
        Assert.True(bars["y0"].Y > bars["x0"].Y && bars["x2"].Y > bars["y0"].Y);
        Assert.Equal(bars["x0"].X + bars["x0"].Width, bars["x1"].X, 0.1);
    }

    [Fact]
    public void Document_ColouredPoints_ShareOneScaleInAllPanels()
    {
        var plot = new ColourPlot("colours", "Colours", new("x"), new("y"), new("score"), [new("a", [new("low", 0, 0, 0), new("middle", 1, 1, 50)]), new("b", [new("high", 1, 0, 100), new("lost", 1, double.NaN, 3)])]);

        var marks = XDocument.Parse(PlotSvg.Document(plot)).Descendants().Where(element => element.Name.LocalName == "circle").Select(mark => (Hint: mark.Value.Split(':')[0], Class: mark.Attribute("class")!.Value));

        Assert.Equal([("low", "s0"), ("middle", "s3"), ("high", "s6")], marks);
    }

    [Fact]
    public void Document_PointsAtOnePlace_DoNotCoverEachOthersLabels()
    {
        var plot = new ScatterPlot("crowd", "Crowd", new("x"), new("y"), [.. Enumerable.Range(0, 12).Select(i => new ScatterPoint($"arm-{i}", 1 + i * 1e-3, 1, ArmKind.Method)), new("far", 2, 2, ArmKind.Method)]);

        var labels = XDocument.Parse(PlotSvg.Document(plot)).Descendants().Where(element => element.Name.LocalName == "text" && element.Value.StartsWith("arm-", StringComparison.Ordinal))
            .Select(text => (X: (double)text.Attribute("x")!, Y: (double)text.Attribute("y")!)).ToList();

        for (var i = 0; i < labels.Count; i++)
            for (var j = 0; j < i; j++) Assert.True(Math.Abs(labels[i].X - labels[j].X) > 20 || Math.Abs(labels[i].Y - labels[j].Y) > 11);
    }

    private static IEnumerable<Plot> Plots() =>
    [
        new LinePlot("lines", "Lines", new(Nasty, "steps"), new("y"),
            [new(Nasty, [0, 1, 2], [1, double.NaN, double.PositiveInfinity]) { Low = [0, 0, 0], High = [2, 2, 2] }, new("rule", [0, 2], [1, 1]) { IsReference = true }]) { Levels = [("bar", 3)] },
        new ScatterPlot("points", "Points", new("cost", "euro"), new("reward"), [new(Nasty, 1, 2, ArmKind.Heuristic), new("b", 2, double.NaN, ArmKind.Method)]) { Front = [(1, 2), (2, 3)] },
        new IntervalPlot("intervals", "Intervals", new("difference", "points"), [new("rule", 0, null, null, ArmKind.Heuristic), new("oracle", 3, 2.5, 3.5, ArmKind.Baseline), new(Nasty, 1, -0.5, 2.5, ArmKind.Method)])
            { Reference = 0, ReferenceName = "rule" },
        new BarPlot("bars", "Bars", new("share", "percent"), [Nasty, "b"], [new("act", [30, 0]), new("learn", [70, double.NaN])]),
        new GanttPlot("gantt", "Gantt", new("time", "s"), [Nasty, "b"], [new(0, 0, 3, Nasty, Nasty), new(0, 1, 2, "b", ""), new(1, 0, double.NaN, "c", ""), new(1, 2, 2, "d", "")]),
        new HeatmapPlot("cells", "Cells", new("delay", "steps"), new("sharpness"), ["a", Nasty], [Nasty, "b"], [0.5, double.NaN, -1, double.PositiveInfinity], new("rate", "percent")) { Centre = 0 },
        new ColourPlot("colours", "Colours", new("coverage"), new("quality"), new("score", "points"), [new(Nasty, [new(Nasty, 0, 1, -3), new("b", 0.5, double.NaN, 1), new("c", 1, 0, double.PositiveInfinity)]), new("two", [])]),
        new TimelinePlot("timeline", "Timeline", new("time", "minutes"),
            [new(new("load", "requests"), [new(Nasty, [0, 1], [5, 6])]), new(new("machines"), [new(Nasty, [0, 1], [1, 2]) { IsStepped = true }, new("rule", [0, 1], [2, 2])])]),
    ];
}
