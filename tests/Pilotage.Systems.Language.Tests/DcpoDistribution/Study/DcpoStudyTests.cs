using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Study;

public sealed class DcpoStudyTests
{
    private static readonly DcpoSystemConfig Small = new() { BanditUpdates = 300 };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        var study = DcpoStudy.Create(Small, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms.Where(arm => arm.Name.StartsWith("bandit", StringComparison.Ordinal)))
            Assert.Equal(arm.Name == BanditArms.OnOne ? 1 : 2, outcome.Results.Values(arm.Name, 0, StudyMetrics.BanditError).Count);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        var plots = study.Plots(outcome);
        Assert.Equal(["bandit-above", "bandit-below"], plots.Take(2).Select(plot => plot.Name));
        var line = ((LinePlot)plots[0]).Series[0];
        Assert.Equal(0, line.X[0]);
        Assert.Equal(2.4, line.X[^1], 0.1);
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DcpoStudy.Create(Small with { BanditTargets = [1, 1, 2.999] }, Scale.Laptop, null));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "settings");
    }
}
