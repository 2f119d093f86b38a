using Pilotage.Evaluation;
using Pilotage.Systems.Language.TreePo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo.Study;

public sealed class TreePoStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private TreePoSystemConfig Small => new()
    {
        FewestOperations = 1, MostOperations = 2, DecodedTokens = 3_000,
        Lab = new TreePoSystemConfig().Lab with { Steps = 2, WarmStartFolder = _folder.Path, EvaluationProblems = 5, WarmStart = new() { CheckEvery = 5, ValidationProblems = 5, LowestSuccess = 0, HighestSuccess = 1 } },
        Learner = new() { Tree = new() { SegmentTokens = 6, Depth = 4 } },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndGivesNoVerdict()
    {
        var study = TreePoStudy.Create(Small, Scale.Smoke, null);

        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });

        string[] ofTrees = [StudyMetrics.TokensPerLeaf, StudyMetrics.ReusedPerLeaf, StudyMetrics.Roughness, StudyMetrics.Depth, StudyMetrics.Missing, StudyMetrics.StepsAtTokens];
        foreach (var arm in study.Arms)
        {
            // Nothing is clipped where no tree had leaves of different rewards.
            foreach (var metric in StudyMetrics.Table.Select(metric => metric.Name).Except(["clip_fraction"]).Except(arm.Kind == ArmKind.Heuristic ? ofTrees : []))
                Assert.NotEmpty(outcome.Results.Values(arm.Name, 0, metric));
        }
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        double Of(string arm, string metric) => outcome.Results.Values(arm, 0, metric).Values.Average();
        Assert.True(Of(StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf) < Of(StudyArms.Grpo, StudyMetrics.TokensPerLeaf));
        Assert.True(Of(StudyArms.GrpoTree, StudyMetrics.ReusedPerLeaf) > Of(StudyArms.Grpo, StudyMetrics.ReusedPerLeaf));
        Assert.Equal(1, Of(StudyArms.Grpo, StudyMetrics.Depth));
        Assert.True(Of(StudyArms.GrpoTree, StudyMetrics.Depth) > 1);
        Assert.Equal(["curve", "tokens"], study.Plots(outcome).Select(plot => plot.Name));
    }

    [Fact]
    public void Create_SettingsWrong_TellsAllAtOnce()
    {
        var wrong = Small with
        {
            FewestOperations = 5,
            MostOperations = 4,
            MoreFirst = 9,
            Learner = new() { Tree = new() { FewestFirst = 10, MostFirst = 9 }, DualClip = 0.5, OverlongBuffer = 64 },
        };

        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => TreePoStudy.Create(wrong, Scale.Laptop, null)).Problems), "settings");
    }
}
