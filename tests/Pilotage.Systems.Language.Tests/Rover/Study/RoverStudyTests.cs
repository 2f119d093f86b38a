using Pilotage.Evaluation;
using Pilotage.Systems.Language.Rover;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Study;

public sealed class RoverStudyTests
{
    internal static readonly RoverConfig Small = new() { Parts = [StudyPart.Exact, StudyPart.Toy], Trees = 5, ToySeeds = 2, ToyBatches = 5, ToyStepsPerBatch = 3, ToyGroupSize = 16 };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        var study = RoverStudy.Create(Small, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms) Assert.NotEmpty(outcome.Results.MetricsOf(arm.Name));
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["toy-modes", "toy-success", "planners"], study.Plots(outcome).Select(plot => plot.Name));
        Assert.All(outcome.Results.Values(RoverStudy.Uniform, 0, RoverMetrics.Success).Values, success => Assert.Equal(1.0 / 16, success, 1e-6));
        Assert.All(outcome.Results.Values(ExactArms.Greedy, 0, RoverMetrics.Value).Values, value => Assert.Equal(1, value));
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce() => Snapshot.Matches(
        string.Join("\n", Assert.Throws<UserMistakeException>(() => RoverStudy.Create(Small with { Parts = [], PlannerTemperatures = [1, 1] }, Scale.Laptop, null)).Problems), "settings");

    [Theory]
    [InlineData("temperature", "0")]
    [InlineData("successorWeight", "-1")]
    [InlineData("toyGroupSize", "1")]                     // alone, a string's centred reward is 0
    [InlineData("plannerTemperatures", "[0]")]
    public void Settings_OutOfRange_AreRefused(string name, string text) =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => Pilotage.Settings.SettingsBinder.Bind(RoverConfig.Schema, RoverConfig.Schema.Default, new Pilotage.Settings.SettingSource([new(name, text, "--set")]))).Problems);
}
