using Pilotage.Systems.Governance.Ofs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.Ofs.Apply;

/// <summary>A user's own people: what is answered, and what is said to files that cannot be used.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ApplyReport Apply(OfsConfig config, params string[] lines)
    {
        var path = Path.Combine(_folder, "people.csv");
        File.WriteAllLines(path, lines);
        return new OfsSystem().Apply(new(config, [path], 0, _folder), null, TestContext.Current.CancellationToken);
    }

    private void Told(string name, OfsConfig config, params string[] lines) =>
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Apply(config, lines)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);

    // Group a scores up to 1, b up to 0.8, good with the score's probability: the generated problem as a file.
    private static string[] People(bool withScore)
    {
        var random = SeedTree.Root(1).Start();
        var lines = new List<string> { withScore ? "score,outcome,group" : "income,outcome,group" };
        for (var i = 0; i < 2000; i++)
        {
            var isA = i % 2 == 0;
            var score = (isA ? 1 : 0.8) * random.NextDouble();
            lines.Add(FormattableString.Invariant($"{score:0.####},{(random.NextDouble() < score ? 1 : 0)},{(isA ? "a" : "b")}"));
        }
        return [.. lines];
    }

    private static readonly OfsConfig Short = new() { Rounds = 600, Thresholds = 21, Radii = [0.5], Explorations = [0.05], ApplyRuns = 4, ThresholdToday = 0.5 };

    [Fact]
    public void People_WithScores_GetAThresholdThatHoldsParityAndALog()
    {
        var report = Apply(Short, People(withScore: true));
        Assert.Equal(8, report.Rows.Count);
        Assert.Equal(RuleKind.Search, report.Rows[0][0]);
        Assert.Contains("misses the constraints by", report.Headline, StringComparison.Ordinal);
        Assert.Contains("Read 2000 people: 1000 of group 'a' (A), 1000 of 'b' (B)", report.Notes[0], StringComparison.Ordinal);
        Assert.Equal(601, File.ReadAllLines(Path.Combine(_folder, report.Files[0])).Length);
        Assert.Equal(["reward-band", "residual-band", "violations"], report.Plots.Select(plot => plot.Name));
    }

    [Fact]
    public void People_WithFeaturesAlone_AreScoredByRegression() =>
        Assert.Contains("Scores are a logistic regression on 1 column(s)", Apply(Short with { Rounds = 60 }, People(withScore: false)).Notes[0], StringComparison.Ordinal);

    [Fact]
    public void People_Wrong_EveryLineIsTold() => Told("people", new(), "score,outcome,group", "1.5,1,a", "NaN,0,b", "0.5,yes,b", "0.5,1", "0.2,0,a");

    [Fact]
    public void People_OfOneGroup() => Told("one_group", new(), [.. Enumerable.Range(0, 40).Select(i => $"0.{i % 9 + 1},{i % 2},a").Prepend("score,outcome,group")]);

    [Fact]
    public void People_OfAConstantScoreAndASmallGroup() => Told("constant", new(), [.. Enumerable.Range(0, 40).Select(i => $"0.5,{i % 2},{(i < 30 ? "a" : "b")}").Prepend("score,outcome,group")]);

    [Fact]
    public void People_WithoutColumns() => Told("columns", new(), "score,label", "0.5,1");

    [Fact]
    public void People_WithoutScoreAndFeatures() => Told("no_score", new(), "outcome,group", "1,a");

    [Fact]
    public void Settings_Impossible_AreToldAtOnce() => Told(
        "settings", new() { Rounds = 50, LeastShare = 0.6, GreatestShare = 0.5, GoodUtility = 0, BadUtility = 0, Radii = [], Explorations = [], OutcomeDelay = 60 }, "score,outcome,group", "0.5,1,a");
}
