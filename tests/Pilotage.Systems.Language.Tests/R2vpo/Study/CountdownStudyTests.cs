using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Study;

public sealed class CountdownStudyTests
{
    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();
        var config = new R2vpoConfig { Parts = [StudyPart.Countdown, StudyPart.Replay], Lab = new() { WarmStartFolder = folder.Path, Batch = new() { Epochs = 2, Minibatches = 2 } } };
        var study = R2vpoStudy.Create(config, Scale.Smoke, seedCount: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms)
            Assert.Equal(6, outcome.Results.Values(arm.Name, 0, MiniLabMetrics.Pass1).Count);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["countdown-fresh", "countdown-bound", "countdown-stored"], study.Plots(outcome).Select(plot => plot.Name).Except(["countdown-ages"]));   // no advantage, no pull: such a start may find nothing
        Assert.Equal(0, outcome.Results.Values(CountdownArms.Free, 0, "multiplier").Values.Single());
        Assert.Equal(0.04, outcome.Results.Values(CountdownArms.Fixed, 0, "multiplier").Values.Single(), 1e-12);
        Assert.Equal(3, outcome.Results.Values(CountdownArms.BoundReplay, 0, "curve_multiplier").Count);
    }

    [Fact]
    public void Create_PaperScale_AddsTheOtherTreatments()
    {
        var config = new R2vpoConfig { Parts = [StudyPart.Countdown, StudyPart.Replay] };
        var names = R2vpoStudy.Create(config, Scale.Paper, null).Arms.Select(arm => arm.Name).ToList();
        Assert.Equal(5, names.Except(R2vpoStudy.Create(config, Scale.Laptop, null).Arms.Select(arm => arm.Name)).Count());
        Assert.Contains(CountdownArms.AgedReplay, names);
    }

    [Fact]
    public void Create_NothingToReplay_IsRefused() => Assert.Contains("leaves nothing to replay", Assert.Throws<UserMistakeException>(() =>
        R2vpoStudy.Create(new() { Parts = [StudyPart.Replay], Replay = new() { Share = 0 } }, Scale.Laptop, null)).Message, StringComparison.Ordinal);
}
