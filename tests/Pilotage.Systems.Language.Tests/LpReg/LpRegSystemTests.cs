using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.LpReg;
using Pilotage.Systems.Language.LpReg.Study;
using Pilotage.Systems.Language.Tests.Apply;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg;

public sealed class LpRegSystemTests
{
    [Fact]
    public void Study_EveryArm_MeasuresEveryColumnAndRepeatsBitForBit()
    {
        using var folder = new TemporaryFolder();
        var config = new LpRegSystemConfig { Lab = new() { Steps = 1, WarmStartFolder = folder.Path }, StudyMinibatches = 2 };
        var study = LpRegStudy.Create(config with { Lab = config.Lab with { WarmStart = config.Lab.WarmStart with { MaximumUpdates = 40 } } }, Scale.Smoke, null);
        var trial = new Trial(Scale.Smoke, 0, SeedTree.Root(0));

        foreach (var arm in study.Arms)
        {
            var measured = Untimed(arm.Run(trial, TestContext.Current.CancellationToken));
            Assert.Empty(study.Metrics.Select(metric => metric.Name).Except(measured.Select(each => each.Metric)));
            if (arm.Name == StudyArms.LpReg) Assert.Equal(measured, Untimed(arm.Run(trial, TestContext.Current.CancellationToken)));
        }
        Assert.Equal(ArmKind.Heuristic, study.Arms[0].Kind);
    }

    [Fact]
    public void Study_OnPaperScale_HasTheArmsOfTheSheet() => Assert.Equal(
        ["warm-start", "grpo", "grpo-entropy", "clip-higher", "lp-reg", "lp-reg-no-filter", "grpo-on-policy", "lp-reg-on-policy", "kl-cov", "80-20", "lp-reg-paper", "lp-reg-reverse", "lp-reg-weight-0", "lp-reg-fixed"],
        LpRegStudy.Create(new(), Scale.Paper, null).Arms.Select(arm => arm.Name));

    [Fact]
    public void Apply_UsersFile_TrainsAndTellsHowMuchWasProtected()
    {
        using var folder = new TemporaryFolder();
        var path = SumProblems.Write(folder.In("sums.jsonl"));
        var config = new LpRegSystemConfig { Apply = SumProblems.Small with { Batch = SumProblems.Small.Batch with { Minibatches = 2 } }, Method = new() { Share = 0.1 } };

        var report = new LpRegSystem().Apply(new(config, [path], 1, folder.In("")), null, TestContext.Current.CancellationToken);

        Assert.Contains(report.Notes, note => note.StartsWith("In the last iteration ", StringComparison.Ordinal) && note.Contains("method.share = 0.1", StringComparison.Ordinal));
        Assert.Contains("\"protected_share\":", File.ReadAllText(folder.In("metrics.jsonl")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kappa", "method.kappa=0")]
    [InlineData("kappa-above", "method.kappa=1.5")]
    [InlineData("share", "method.share=-0.1")]
    [InlineData("highest-ratio", "method.highestRatio=1")]
    [InlineData("no-filter-on-policy", "method.filter=None", "apply.batch.minibatches=1")]
    public void Settings_OutOfRange_AreSaid(string name, params string[] given) =>
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => Bind(given)).Message, $"settings.{name}");

    private static LpRegSystemConfig Bind(string[] given) => SettingsBinder.Bind<LpRegSystemConfig>(LpRegSystemConfig.Schema, SettingSource.FromAssignments(given));

    private static Measurement[] Untimed(IReadOnlyList<Measurement> measured) => [.. measured.Where(each => !each.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
}
