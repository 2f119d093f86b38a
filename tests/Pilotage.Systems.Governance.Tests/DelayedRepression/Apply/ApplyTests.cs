using Pilotage.Systems.Governance.DelayedRepression;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Apply;

/// <summary>A user's own loops and graphs: what is answered, and what is said to files that cannot be used.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ApplyReport Apply(DelayedRepressionConfig config, params string[] lines)
    {
        var path = Path.Combine(_folder, "input.csv");
        File.WriteAllLines(path, lines);
        return new DelayedRepressionSystem().Apply(new(config, [path], 0, _folder), null, TestContext.Current.CancellationToken);
    }

    private void Told(string name, DelayedRepressionConfig config, params string[] lines) =>
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Apply(config, lines)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);

    [Fact]
    public void Loops_OneOnEachSideOfItsLimit_AreJudgedByTheFormulaAndSolved()
    {
        var report = Apply(new(), "name,a,C,k,x_c,delay", "fraud,2,7,10,0.72,0.3", "spam,2,7,10,0.72,0.6", "bots,2,7,10,0.72,", "near,2,7,10,0.72,0.45");
        Assert.Equal(["cycles", "rests, but close", "rests", "–"], report.Rows.Select(row => row[^1]));
        Assert.Equal("0.4709", report.Rows[0][2]);
        Assert.Contains("spam's delay is 1.27 times the critical one", report.Headline, StringComparison.Ordinal);
        Assert.Equal(4, report.Plots.Count);
        Assert.True(double.Parse(report.Rows[0][^2]) > 0.1);
        Assert.True(double.Parse(report.Rows[2][^2]) < 1e-6);
    }

    [Fact]
    public void Graph_Ring_IsAnsweredForEachKindAndDelay()
    {
        var config = new DelayedRepressionConfig { ApplyRuns = 4, Steps = 60, Delays = [0, 3, 8], DelayToday = 5 };
        var report = Apply(config, [.. Enumerable.Range(0, 24).Select(i => $"{i},{(i + 1) % 24},1.0").Prepend("src,dst,weight")]);
        Assert.Equal(3 * 4, report.Rows.Count);
        Assert.All(report.Rows.Take(3), row => Assert.Equal("5 (today)", row[1]));
        Assert.All(report.Rows, row => Assert.NotEqual("safe", row[^1]));
        Assert.Contains("Read 24 agents and 24 directed edges; 3 agents are bridges", report.Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("Today's delay of 5 is not shown to be safe", report.Headline, StringComparison.Ordinal);        // four runs cannot show it
        Assert.Equal(report.Rows.Select(row => string.Join("|", row)), Apply(config, [.. Enumerable.Range(0, 24).Select(i => $"{i},{(i + 1) % 24},1.0").Prepend("src,dst,weight")]).Rows.Select(row => string.Join("|", row)));
    }

    [Fact]
    public void Graph_WithoutWeights_CountsEachEdgeAsOne()
    {
        var path = Path.Combine(_folder, "edges.csv");
        File.WriteAllLines(path, ["src,dst", "a,b", "c,b"]);
        var graph = EdgeListFile.Read(path);
        Assert.Equal(["a", "b", "c"], graph.Names);
        Assert.Equal([0, 0, 2, 2], graph.First);
        Assert.Equal([1f, 1f], graph.Weights);
    }

    [Fact]
    public void Loops_Wrong_EveryLineIsTold() => Told(
        "loops", new(), "a,C,k,x_c,delay", "0,7,10,0.72,1", "7,7,10,0.72,1", "2,7,-1,0.72,1", "2,7,10,1.5,1", "2,7,10,many,1", "2,7,10,0.72,-1", "2,7", "6.99,7,2,0.5,0", "0.01,7,2,0.5,0");

    [Fact]
    public void Loops_WithoutColumns() => Told("columns", new(), "a,C", "2,7");

    [Fact]
    public void Loops_Empty() => Told("empty", new());

    [Fact]
    public void Loops_HeaderAlone() => Told("header_alone", new(), "a,C,k,x_c");

    [Fact]
    public void Graph_Wrong_EveryLineIsTold() => Told("graph", new(), "src,dst,weight", "a,a,1", "a,b,-1", "b,c,NaN", "c,d,1", "c,d,2", ",e,1", "a,b");

    [Fact]
    public void Graph_HeaderAlone() => Told("no_edge", new(), "src,dst");

    [Fact]
    public void Settings_Impossible_AreToldAtOnce() => Told(
        "settings", new() { Benefit = 9, Delays = [4, 4], Society = new() { Benefits = [1, 2], Costs = [0, 1, 2, 3] } }, "src,dst", "a,b");
}
