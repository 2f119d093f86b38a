using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Study;

public sealed class DcpoStudyTests
{
    private static readonly DcpoSystemConfig Small = new() { BanditUpdates = 300 };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();
        var study = DcpoStudy.Create(Small with { Lab = new() { WarmStartFolder = folder.Path } }, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms.Where(arm => arm.Name.StartsWith("bandit", StringComparison.Ordinal)))
            Assert.Equal(arm.Name == BanditArms.OnOne ? 1 : 2, outcome.Results.Values(arm.Name, 0, StudyMetrics.BanditError).Count);
        foreach (var arm in study.Arms.Where(arm => !arm.Name.StartsWith("bandit", StringComparison.Ordinal))) Assert.NotEmpty(outcome.Results.Values(arm.Name, 0, MiniLabMetrics.Pass64));
        Assert.Single(outcome.Results.Values(TrainingArms.Dcpo(0.5), 0, StudyMetrics.EntropyError));
        Assert.Equal(3, outcome.Results.Values(TrainingArms.Dcpo(0.5), 0, StudyMetrics.CurveWeight).Count);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        var plots = study.Plots(outcome);
        Assert.Equal(["thermostat", "entropy", "pass-at-k", "bandit-above", "bandit-below"], plots.Select(plot => plot.Name));
        var line = ((LinePlot)plots[3]).Series[0];
        Assert.Equal(0, line.X[0]);
        Assert.Equal(2.4, line.X[^1], 0.1);
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DcpoStudy.Create(Small with { BanditTargets = [1, 1, 2.999], TargetFractions = [0.5, 0.25], EntropyWeights = [0.1], Dcpo = new() { Batch = new() { GroupSize = 1 } } }, Scale.Laptop, null));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "settings");
    }
}
