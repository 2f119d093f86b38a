using Pilotage.Evaluation;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Study;

public sealed class R2vpoStudyTests
{
    internal static readonly R2vpoConfig Small = new()
    {
        Parts = [StudyPart.Exact, StudyPart.Rare, StudyPart.Control], Bandits = 3, RareSearches = 1, RareSteps = 2, RareLearningRates = [3],
        Control = new() { Steps = 128, EnvironmentCount = 4, Horizon = 16, Epochs = 1, Minibatches = 1, Hidden = [8] },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        var study = R2vpoStudy.Create(Small, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms) Assert.NotEmpty(outcome.Results.MetricsOf(arm.Name));
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["rare-steps", "rare-3", "curve-cartpole-v1", "curve-sparsependulum"], study.Plots(outcome).Select(plot => plot.Name));
        Assert.Equal(2, outcome.Results.Values(R2vpoStudy.NoUpdate, 0, R2vpoMetrics.RareSteps(3)).Values.Single());
        Assert.All(outcome.Results.Values(R2vpoStudy.NoUpdate, 0, R2vpoMetrics.Gain).Values, gain => Assert.Equal(0, gain, 1e-12));
        Assert.Equal(1, outcome.Results.Values(ControlArms.Rule, 0, R2vpoMetrics.Score)["CartPole-v1"], 0.1);
    }

    [Fact]
    public void Create_PartsApart_HaveTheirOwnArmsAndClaims()
    {
        var control = R2vpoStudy.Create(Small with { Parts = [StudyPart.Control] }, Scale.Laptop, null);
        Assert.Equal(["control-rule", "control-random", "control-ppo", "control-no-constraint", "control-r2vpo"], control.Arms.Select(arm => arm.Name));
        Assert.All(control.Claims, claim => Assert.StartsWith("e-", claim.Id, StringComparison.Ordinal));
        Assert.Contains(control.Arms, arm => arm.Name == control.ReferenceArm);
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce()
    {
        var wrong = Small with
        {
            Parts = [StudyPart.Exact, StudyPart.Exact],
            RareLearningRates = [3, 3],
            Constraint = new() { InitialMultiplier = 5, MaximumMultiplier = 2 },
            Control = Small.Control with { Minibatches = 7, Steps = 10, Constraint = new() { Scope = ConstraintScope.PerAge } },
        };
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => R2vpoStudy.Create(wrong, Scale.Laptop, null)).Problems), "settings");
    }

    [Theory]
    [InlineData("constraint.bound", "0")]
    [InlineData("constraint.bound", "-0.04")]
    [InlineData("constraint.initialMultiplier", "-1")]
    [InlineData("constraint.multiplierRate", "-0.5")]
    [InlineData("constraint.scope", "perGroup")]
    [InlineData("parts", "everything")]
    [InlineData("clipRadius", "0")]
    public void Settings_OutOfRange_AreRefused(string name, string text) =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => Pilotage.Settings.SettingsBinder.Bind(R2vpoConfig.Schema, R2vpoConfig.Schema.Default, new Pilotage.Settings.SettingSource([new(name, text, "--set")]))).Problems);
}
