using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Reports;

public sealed class StudyPageTests : IDisposable
{
    private const string Nasty = "<script>alert(\"x & y\")</script>";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Render_AnyReport_NeedsNothingFromElsewhereAndEncodesEveryText()
    {
        var report = Report(1, 0.5, 1.5) with { Plots = [new LinePlot("own", Nasty, new("x"), new("y"), [new("a", [0, 1], [0, 1])]) { Note = Nasty }] };

        var html = StudyPage.Render(report, new(Nasty, Nasty, Nasty, Nasty), []);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("<h1>", StringComparison.Ordinal) < html.IndexOf("<table>", StringComparison.Ordinal));      // the answer first
    }

    [Fact]
    public void Render_AReport_SaysWhatItRestsOn()
    {
        var html = StudyPage.Render(Report(1, 0.5, 1.5), new("title", "kicker", "pilotage run coin", "run:\n  seed: 3\n"), []);

        foreach (var text in new[] { "better", "a claim", "not reproduced", "sign-flip", "pilotage run coin", "seed: 3", "a machine", "arm-seconds", "environment steps per second" })
            Assert.Contains(text, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0.5, 1.5, true, "better", "Yes: method is better than the heuristic, by 1 [0.5, 1.5] return.")]
    [InlineData(-1, -1.5, -0.5, true, "worse", "No: method is worse than the heuristic, by -1 [-1.5, -0.5] return.")]
    [InlineData(0.1, -0.5, 0.7, true, "no difference", "No difference between method and the heuristic: 0.1 [-0.5, 0.7] return.")]
    [InlineData(-1, -1.5, -0.5, false, "better", "Yes: method is better than the heuristic, by -1 [-1.5, -0.5] return.")]
    public void Headline_EachCase_SaysSoInOneSentence(double difference, double low, double high, bool higherIsBetter, string answer, string text)
    {
        var headline = Headline.Of(Report(difference, low, high, higherIsBetter));

        Assert.Equal((answer, text), (headline.Answer, headline.Text));
        Assert.Contains("Claims: 1 not reproduced.", headline.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Headline_SmokeScaleOrTooFewUnits_GivesNoVerdict()
    {
        Assert.Equal("not evaluated", Headline.Of(Report(1, 0.5, 1.5) with { Scale = Scale.Smoke }).Answer);
        var few = Headline.Of(Report(1, 0.5, 1.5, units: 3));
        Assert.Equal("not evaluated", few.Answer);
        Assert.Contains("needs at least 6 units, such as training seeds; method has 3.", few.Details, StringComparison.Ordinal);       // 2 / 2^6 is the first below 5 %
    }

    [Fact]
    public void Headline_SeveralMethods_SpeaksOfTheBestAndCountsTheOthers()
    {
        var report = Report(1, 0.5, 1.5);
        report = report with
        {
            Arms = [.. report.Arms, report.Arms[1] with { Name = "other" }],
            Comparisons = [.. report.Comparisons, report.Comparisons[0] with { A = "other", Difference = 2, Low = 1, High = 3 }, report.Comparisons[0] with { A = "method", Difference = -5, Low = -6, High = -4 }],
        };

        var headline = Headline.Of(report);

        Assert.StartsWith("Yes: other is better", headline.Text, StringComparison.Ordinal);
        Assert.Contains("Of 3 methods beside heuristic: 2 better, 1 worse.", headline.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 3, "2 rules or baselines have a better mean than method: best, tuned (3 [2.9, 3.1]).")]
    [InlineData(true, 1.9, "")]
    [InlineData(false, 1.9, "2 rules or baselines have a better mean than method: best, tuned (1.9 [1.8, 2]).")]
    [InlineData(false, 0.5, "2 rules or baselines have a better mean than method: best, tuned (0.5 [0.4, 0.6]).")]
    public void Headline_ABaselineAboveTheBestMethod_IsTold(bool higherIsBetter, double mean, string sentence)
    {
        var report = Report(1, 0.5, 1.5, higherIsBetter);
        var tuned = new ArmReport("tuned", ArmKind.Baseline, new Dictionary<string, MetricReport> { ["return"] = new(mean, mean, mean - 0.1, mean + 0.1, 20) });
        var close = tuned with { Name = "close", Metrics = new Dictionary<string, MetricReport> { ["return"] = new(mean, mean, mean - 0.1, mean + 0.1, 20) } };
        report = report with { Arms = [.. report.Arms, tuned, close] };

        var details = Headline.Of(report).Details;

        Assert.Equal(sentence.Length > 0, details.Contains("a better mean", StringComparison.Ordinal));
        Assert.Contains(sentence, details, StringComparison.Ordinal);
        Assert.DoesNotContain("a better mean", Headline.Of(report with { Scale = Scale.Smoke }).Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(50, true)]
    public void Write_DiskFull_FailsAndLeavesNothingHalf(long capacity, bool isSilent)
    {
        var failure = Assert.Throws<RunFailedException>(() => ReportFolder.Write(
            _folder.Path, "<!doctype html>" + new string(' ', 100), [], path => new FullDisk(path, capacity, isSilent)));

        Assert.Contains("report.html", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static StudyReport Report(double difference, double low, double high, bool higherIsBetter = true, int units = 20) => new(
        StudyReport.CurrentSchema, "coin", Scale.Laptop, [0, 1], "a machine", "managed", 1.5, [new("return", "return", higherIsBetter)],
        [new("heuristic", ArmKind.Heuristic, new Dictionary<string, MetricReport> { ["return"] = new(1, 1, 0.9, 1.1, 20) }), new("method", ArmKind.Method, new Dictionary<string, MetricReport> { ["return"] = new(2, 2, 1.9, 2.1, 20) })],
        [new("method", "heuristic", "return", difference, low, high, low > 0 || high < 0 ? 0.001 : 0.5, "t interval", Paired: true, units)],
        [new("a", "a claim", "somewhere", Replication.Seed, Verdict.NotReproduced, new(-1, -2, -0.5, 1, 0.01, 10, "above 0", 0.05, 1, "exact sign-flip test", ""))],
        new Dictionary<string, double> { ["environment"] = 1, ["act"] = 2, ["learn"] = 3, ["stepsPerSecond"] = 1000, ["arm:method"] = 3 }, []);
}
