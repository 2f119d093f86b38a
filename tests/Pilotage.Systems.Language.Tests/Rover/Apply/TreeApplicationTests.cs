using Pilotage.Systems.Language.Rover;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Apply;

public sealed class TreeApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ApplyReport Apply(RoverConfig config, params string[] lines)
    {
        var path = _folder.In("tree.csv");
        File.WriteAllLines(path, lines);
        return new RoverSystem().Apply(new(config, [path], 1, _folder.Path), progress: null, CancellationToken.None);
    }

    private static string[] Strings =>
    [
        "path,reward",
        .. from a in "ABCD" from b in "ABCD" from c in "ABCD" let word = $"{a}{b}{c}" select $"{a} {b} {c},{(word is "ACD" or "BDC" or "CAB" or "DBA" ? 1 : 0)}",
    ];

    [Fact]
    public void Apply_PapersStrings_PlansThem()
    {
        var report = Apply(new() { PlannerTemperatures = [1, 0.1] }, Strings);
        Assert.StartsWith("Choose A C D: it pays 1", report.Headline, StringComparison.Ordinal);
        Assert.Equal(["greedy", "softmax, temperature 1", "softmax, temperature 0.1", "random"], report.Rows.Select(row => row[0]));
        Assert.Equal(["1.0000", "0.1425", "0.8023", "0.0625"], report.Rows.Select(row => row[1]));
        Assert.Equal(["1.0000", "0.1425", "0.8023", ""], report.Rows.Select(row => row[2]));
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Equal(["first-choices", "temperatures"], report.Plots.Select(plot => plot.Name));
        var values = File.ReadAllLines(_folder.In("values.csv"));
        Assert.Equal(1 + 4 + 16 + 64, values.Length);
        Assert.Contains("A,C,0.25,1", values);
        Assert.Contains(",A,0.0625,1", values);
    }

    [Fact]
    public void Apply_SeveralRewards_IsRefusedUnlessAllowed()
    {
        string[] lines = ["path,reward", "a x,0.6", "a y,0.6", "b x,1", "b y,0"];
        Snapshot.Matches(Told(() => Apply(new(), lines)), "nonbinary");
        var report = Apply(new() { AllowNonbinary = true }, lines);
        Assert.Contains(report.Notes, note => note.Contains("greedy choices lose 0.4 of the best here", StringComparison.Ordinal));
        Assert.Equal("", report.Rows[0][2]);                                              // no bound where nothing is promised
    }

    [Fact]
    public void Apply_NothingSucceeds_SaysSo() => Assert.Contains("No way succeeds", Apply(new(), "path,reward", "a,0", "b,0").Headline, StringComparison.Ordinal);

    [Fact]
    public void Apply_LinesWrong_TellsAllAtOnce() =>
        Snapshot.Matches(Told(() => Apply(new(), "way,reward", "A B,1", "A B,0", "A,1", "A B C,0", ",1", "C,much", "D,-1", "E")), "lines");

    [Fact]
    public void Apply_NoLines_IsTold() => Snapshot.Matches(Told(() => Apply(new(), "path,reward", "")), "empty");

    private string Told(Action action) => string.Join("\n", Assert.Throws<UserMistakeException>(action).Problems).Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
}
