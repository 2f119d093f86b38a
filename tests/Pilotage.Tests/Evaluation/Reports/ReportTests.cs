using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Reports;

public sealed class ReportTests
{
    private static readonly EffectRule Learning = new() { Level = 0.05, Comparisons = 2 };

    private static readonly SyntheticStudy Study = new()
    {
        Arms =
        [
            SyntheticStudy.Rule,
            new("oracle", ArmKind.Baseline, (trial, _) => [.. SyntheticStudy.Rule.Run(trial, default).Select(m => m with { Value = m.Value + 5 }).Where(m => m.Instance != "day-3")]) { IsDeterministic = true },
            SyntheticStudy.Method("ppo", 2), Timed(SyntheticStudy.Method("dqn", -2)), SyntheticStudy.Method("same", 0),
        ],
        Claims =
        [
            Learning.Claim("a", "PPO earns more than the rule | any rule", "section 4", Region.Above(0), (r, rule) => PairedEffect.Of(r, "ppo", "rule", "return", rule)),
            Learning.Claim("b", "DQN's cost is at most 1.5 times the rule's", "table 2", Region.Below(1.5), (r, rule) => RatioEffect.Of(r, "dqn", "rule", "cost", rule)),
            (Learning with { Comparisons = 1 }).Claim("c", "More seeds than there are", "nowhere", Region.Within(0, 1), (r, rule) => LevelEffect.Of(r, "dqn", "return", rule), minimumUnits: 12),
            new("d", "A learns faster", "clock", Replication.Instance, _ => new(2, 1.5, 2.5, 10, 0.001), Region.Above(1)) { IsTiming = true },
        ],
    };

    private static readonly StudyOutcome Outcome = StudyRunner.Run(Study, new());

    private static readonly StudyReport Report = StudyReporter.Report(Study, Outcome, new("synthetic") { Machine = "test machine", Files = ["report.html"] }) with { ElapsedSeconds = 12.5, Timing = new Dictionary<string, double> { ["learn"] = 0.25 } };

    // Ten digits: quantiles and logarithms are the platform's, whose last bits differ between C libraries.
    [Fact]
    public void Write_SyntheticStudy_MatchesTheCommittedJson() => Snapshot.Matches(Regex.Replace(
        ReportJson.Write(Report), @"-?\d+\.\d{10,}", m => double.Parse(m.Value, CultureInfo.InvariantCulture).ToString("G10", CultureInfo.InvariantCulture)));

    [Fact]
    public void Write_SyntheticStudy_MatchesTheCommittedMarkdown() => Snapshot.Matches(MarkdownReport.Render(Report));

    [Fact]
    public void Read_WhatWasWritten_WritesTheSame()
    {
        var json = ReportJson.Write(Report with { ParameterHash = "abc", Evaluation = new(100, 0.1 + 0.2, null, null), Scale = Scale.Paper });
        Assert.Equal(json, ReportJson.Write(ReportJson.Read(json, "report.json")));
        Assert.Contains("\"parameterHash\": \"abc\"", json);
        Assert.Contains("\"mean\": 0.30000000000000004", json);
    }

    [Theory]
    [InlineData("", "report.json is not a report: ")]
    [InlineData("[]", "report.json has the schema 'none', this version reads 'pilotage-report/1'.")]
    [InlineData("{\"schema\":\"pilotage-report/9\"}", "report.json has the schema 'pilotage-report/9', this version reads")]
    [InlineData("{\"schema\":\"pilotage-report/1\"}", "report.json is not a report: ")]
    [InlineData("{\"schema\":1", "report.json is not a report: ")]
    public void Read_AnythingElse_IsTheUsersMistake(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<UserMistakeException>(() => ReportJson.Read(json, "report.json")).Message);

    [Fact]
    public void Read_DamagedReport_IsTheUsersMistake()
    {
        var json = ReportJson.Write(Report);
        foreach (var (from, to) in new[] { ("\"laptop\"", "\"huge\""), ("\"arms\": [", "\"arms\": null, \"x\": ["), ("\"seeds\": [", "\"seeds\": [\"a\",") })
        {
            Assert.Contains(from, json);
            Assert.Throws<UserMistakeException>(() => ReportJson.Read(json.Replace(from, to, StringComparison.Ordinal), "report.json"));
        }
    }

    [Fact]
    public void WithoutCircumstances_OtherMachineAndClock_IsTheSame()
    {
        var other = StudyReporter.Report(Study, StudyRunner.Run(Study, new() { MaximumParallelism = 2 }), new("synthetic") { Machine = "other" });
        Assert.NotEqual(ReportJson.Write(Report), ReportJson.Write(other));
        Assert.Equal(ReportJson.Write(Report.WithoutCircumstances()), ReportJson.Write(other.WithoutCircumstances()));
        Assert.DoesNotContain(Report.WithoutCircumstances().Claims, c => c.Id == "d");
    }

    [Fact]
    public void Timing_OfTrials_IsSummedAndGivesStepsPerSecond()
    {
        var timing = StudyReporter.Report(Study, Outcome, new("synthetic")).Timing;
        Assert.Equal(["environment", "act", "learn", "stepsPerSecond", "arm:rule", "arm:oracle", "arm:ppo", "arm:dqn", "arm:same"], timing.Keys);
        Assert.Equal(8 * 0.5, timing["environment"]);
        Assert.Equal(8 * 1.5, timing["learn"]);
        Assert.Equal(1000 / 2.0, timing["stepsPerSecond"]);
    }

    [Fact]
    public void Word_MetricToBeLowered_TurnsRound()
    {
        ComparisonReport Comparison(string metric, double low, double high, double p, int units) => new("a", "rule", metric, (low + high) / 2, low, high, p, "", Paired: true, units);
        Assert.Equal("better", ReportTable.Word(Report, Comparison("return", 1, 2, 0.01, 8)));
        Assert.Equal("worse", ReportTable.Word(Report, Comparison("cost", 1, 2, 0.01, 8)));
        Assert.Equal("better", ReportTable.Word(Report, Comparison("cost", -2, -1, 0.01, 8)));
        Assert.Equal("worse", ReportTable.Word(Report, Comparison("return", -2, -1, 0.01, 8)));
        Assert.Equal("no difference", ReportTable.Word(Report, Comparison("return", -1, 2, 0.3, 8)));
        Assert.Equal("no difference", ReportTable.Word(Report, Comparison("return", 1, 2, 0.06, 8)));
        Assert.Equal("not evaluated", ReportTable.Word(Report, Comparison("return", 1, 2, 0.06, 5)));
        Assert.Equal("not evaluated", ReportTable.Word(Report with { Scale = Scale.Smoke }, Comparison("return", 1, 2, 0.01, 8)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(-0.012345, "-0.01235")]
    [InlineData(9.99996, "10")]
    [InlineData(1234.56, "1235")]
    [InlineData(200, "200")]
    [InlineData(123456.7, "123457")]
    [InlineData(12345678, "1.235e7")]
    [InlineData(0.00001234, "1.234e-5")]
    public void Figures_AnyNumber_HaveFourDigits(double value, string expected) => Assert.Equal(expected, Figures.Of(value));

    [Fact]
    public void Words_OfEnumerations_StandApart()
    {
        Assert.Equal("not reproduced", Words.Of(Verdict.NotReproduced));
        Assert.Equal("seed then instance", Words.Of(Replication.SeedThenInstance));
        Assert.Equal("heuristic", Words.Of(ArmKind.Heuristic));
    }

    [Fact]
    public void Write_Report_IsWhatTheSchemaSays()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(Report));
        Assert.Equal(
            ["schema", "system", "scale", "seeds", "machine", "backend", "elapsedSeconds", "metrics", "arms", "comparisons", "claims", "timing", "files"],
            json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["name", "kind", "metrics"], json.RootElement.GetProperty("arms")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["mean", "iqm", "low", "high", "n"], json.RootElement.GetProperty("arms")[0].GetProperty("metrics").GetProperty("return").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["a", "b", "metric", "difference", "low", "high", "p", "test", "paired", "units"], json.RootElement.GetProperty("comparisons")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "text", "source", "unit", "verdict", "evidence"], json.RootElement.GetProperty("claims")[0].EnumerateObject().Select(p => p.Name));
    }

    private static Arm Timed(Arm arm) => arm with
    {
        Run = (trial, token) => [.. arm.Run(trial, token), Measurement.Timing("environment", 0.5), Measurement.Timing("learn", 1.5), Measurement.Timing("steps", 1000)],
    };
}
