using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Control.Bpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Study;

public sealed class BpoStudyTests
{
    private static readonly BpoSystemConfig Small = new()
    {
        Processes = 3, Updates = 12, Learner = new() { Steps = 128, EnvironmentCount = 4, Horizon = 16, Epochs = 1, Minibatches = 1, Hidden = [8] },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        var study = BpoStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms)
        {
            var isExact = arm.Name.StartsWith("exact", StringComparison.Ordinal);
            Assert.Equal(isExact ? 3 : 1, outcome.Results.Values(arm.Name, 0, isExact ? BpoMetrics.Identity : BpoMetrics.Score).Count);
        }
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(1, outcome.Results.Values(StudyArms.Heuristic, 0, BpoMetrics.Score).Values.Single(), 0.2);
        Assert.Equal(0, outcome.Results.Values(StudyArms.Random, 0, BpoMetrics.Score).Values.Single(), 0.2);
        var plots = study.Plots(outcome);
        Assert.Equal(["curve-cartpole-v1", "ratios-cartpole-v1"], plots.Select(plot => plot.Name));
        Assert.Equal([64, 128], ((LinePlot)plots[0]).Series[0].X);
    }

    [Fact]
    public void Create_SmokeTwice_GivesTheSameNumbers()
    {
        IReadOnlyDictionary<string, double> Spreads()
        {
            var study = BpoStudy.Create(Small, Scale.Smoke, null, null);
            return StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke }).Results.Values(StudyArms.Bpo, 0, BpoMetrics.Spread);
        }
        Assert.Equal(Spreads(), Spreads());
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce()
    {
        var wrong = Small with
        {
            Tasks = ["CartPole-v1", "cartpole-V1"],
            Learner = Small.Learner with { LowerRadius = 0.2, UpperRadius = 1.5, Minibatches = 7, Hidden = [] },
        };
        var mistake = Assert.Throws<UserMistakeException>(() => BpoStudy.Create(wrong, Scale.Laptop, null, null));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "settings");
    }

    [Fact]
    public void Create_UnknownTask_NamesTheNearest() =>
        Assert.Contains("Did you mean CartPole-v1?", Assert.Throws<UserMistakeException>(() => BpoStudy.Create(Small with { Tasks = ["CartPol-v1"] }, Scale.Laptop, null, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_PaperWithoutModels_SaysHowToGetThem() =>
        Assert.Contains("PIL1005", Assert.Throws<UserMistakeException>(() => BpoStudy.Create(Small with { ModelFolder = "/nowhere/at/all" }, Scale.Paper, null, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Schema_RangesOfTheBand_AreRefused()
    {
        var reading = BpoConfig.Schema;
        Assert.NotNull(reading);
        foreach (var (name, text) in new[] { ("lowerRadius", "1"), ("lowerRadius", "0"), ("upperRadius", "0"), ("temperature", "0"), ("temperature", "-1"), ("loss", "huber"), ("hidden", "[0]") })
            Assert.NotEmpty(Refusals(name, text));
    }

    private static IReadOnlyList<string> Refusals(string name, string text)
    {
        try
        {
            Pilotage.Settings.SettingsBinder.Bind(BpoConfig.Schema, BpoConfig.Schema.Default, new Pilotage.Settings.SettingSource([new(name, text, "--set")]));
            return [];
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Problems;
        }
    }
}
