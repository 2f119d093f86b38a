using Pilotage.Evaluation;
using Pilotage.Systems.Language.Gbpo;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Gbpo.Study;

public sealed class GbpoStudyTests
{
    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();
        var study = GbpoStudy.Create(new() { Lab = new() { WarmStartFolder = folder.Path } }, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms)
        {
            Assert.NotEmpty(outcome.Results.Values(arm.Name, 0, MiniLabMetrics.Pass1));
            if (arm.Name != StudyArms.WarmStart) Assert.Single(outcome.Results.Values(arm.Name, 0, StudyMetrics.Spread));
        }
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["curve", "ratios"], study.Plots(outcome).Select(plot => plot.Name));
        // One pass and one update a batch: every ratio was 1.
        Assert.Equal(0, outcome.Results.Values(StudyArms.GbpoOnce, 0, StudyMetrics.Spread).Values.Single());
    }
}
