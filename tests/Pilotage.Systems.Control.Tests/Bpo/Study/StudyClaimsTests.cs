using Pilotage.Evaluation;
using Pilotage.Systems.Control.Bpo;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class StudyClaimsTests
{
    private const int Seeds = 8, Processes = 20;
    private static readonly IReadOnlyList<ControlTask> Tasks = [ControlTask.Find("CartPole-v1", new(), null), ControlTask.Find("Pendulum-v1", new(), null)];
    private static readonly IReadOnlyList<Claim> Claims = new StudyClaims(Tasks, Processes).All();
    private static readonly string[] Learners =
    [
        StudyArms.Ppo, StudyArms.PpoWide, StudyArms.PpoScaled, StudyArms.Bpo, StudyArms.Mean, StudyArms.Unweighted, StudyArms.Divergence, StudyArms.Warm, StudyArms.Hot, StudyArms.Scaled, StudyArms.ScaledHot,
    ];

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, string task = "CartPole-v1", Scale scale = Scale.Laptop)
    {
        var results = new StudyResults();
        foreach (var learner in Learners)
            for (var seed = 0; seed < Seeds; seed++)
                results.Add(learner, seed,
                [
                    .. from place in Tasks
                       from measured in new[] { BpoMetrics.Area, BpoMetrics.Spread }
                       let isShifted = learner == arm && measured == metric && place.Name == task
                       select new Measurement(measured, place.Name, (isShifted ? level : 1) + (isShifted ? noise : 0.001) * (seed % 2 == 0 ? 1 : -1.02)),
                ]);
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("b-match-cartpole-v1", StudyArms.Bpo, BpoMetrics.Area, 0.97, 0.01, Verdict.Reproduced)]          // 10 % less still counts as the same
    [InlineData("b-match-cartpole-v1", StudyArms.Bpo, BpoMetrics.Area, 0.7, 0.05, Verdict.NotReproduced)]
    [InlineData("b-match-cartpole-v1", StudyArms.Bpo, BpoMetrics.Area, 0.9, 0.3, Verdict.Inconclusive)]
    [InlineData("b-spread-cartpole-v1", StudyArms.Bpo, BpoMetrics.Spread, 0.8, 0.05, Verdict.Reproduced)]
    [InlineData("b-spread-cartpole-v1", StudyArms.Bpo, BpoMetrics.Spread, 1.2, 0.05, Verdict.NotReproduced)]
    [InlineData("b-spread-cartpole-v1", StudyArms.Bpo, BpoMetrics.Spread, 1, 0.3, Verdict.Inconclusive)]
    [InlineData("b-spread-scaled-cartpole-v1", StudyArms.Scaled, BpoMetrics.Spread, 0.8, 0.05, Verdict.Reproduced)]
    [InlineData("b-spread-scaled-cartpole-v1", StudyArms.Scaled, BpoMetrics.Spread, 1.2, 0.05, Verdict.NotReproduced)]
    [InlineData("b-spread-scaled-cartpole-v1", StudyArms.Scaled, BpoMetrics.Spread, 1, 0.3, Verdict.Inconclusive)]
    [InlineData("b-lambda-cartpole-v1", StudyArms.Hot, BpoMetrics.Area, 0.1, 0.05, Verdict.Reproduced)]
    [InlineData("b-lambda-cartpole-v1", StudyArms.Hot, BpoMetrics.Area, 0.9, 0.05, Verdict.NotReproduced)]       // worse, but not by half
    [InlineData("b-lambda-cartpole-v1", StudyArms.Hot, BpoMetrics.Area, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("b-lambda-scaled-cartpole-v1", StudyArms.ScaledHot, BpoMetrics.Area, 0.1, 0.05, Verdict.Reproduced)]
    [InlineData("b-lambda-scaled-cartpole-v1", StudyArms.ScaledHot, BpoMetrics.Area, 0.9, 0.05, Verdict.NotReproduced)]
    [InlineData("b-lambda-scaled-cartpole-v1", StudyArms.ScaledHot, BpoMetrics.Area, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("b-tv-cartpole-v1", StudyArms.Unweighted, BpoMetrics.Area, 0.9, 0.05, Verdict.Reproduced)]
    [InlineData("b-tv-cartpole-v1", StudyArms.Unweighted, BpoMetrics.Area, 1.4, 0.05, Verdict.NotReproduced)]
    [InlineData("b-tv-cartpole-v1", StudyArms.Unweighted, BpoMetrics.Area, 1.1, 0.3, Verdict.Inconclusive)]
    [InlineData("b-kl-cartpole-v1", StudyArms.Divergence, BpoMetrics.Area, 0.1, 0.05, Verdict.Reproduced)]
    [InlineData("b-kl-cartpole-v1", StudyArms.Divergence, BpoMetrics.Area, 0.9, 0.05, Verdict.NotReproduced)]
    [InlineData("b-kl-cartpole-v1", StudyArms.Divergence, BpoMetrics.Area, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("b-mean-cartpole-v1", StudyArms.Mean, BpoMetrics.Area, 1.02, 0.02, Verdict.Reproduced)]
    [InlineData("b-mean-cartpole-v1", StudyArms.Mean, BpoMetrics.Area, 1.3, 0.05, Verdict.NotReproduced)]
    [InlineData("b-mean-cartpole-v1", StudyArms.Mean, BpoMetrics.Area, 0.7, 0.05, Verdict.NotReproduced)]
    [InlineData("b-mean-cartpole-v1", StudyArms.Mean, BpoMetrics.Area, 1.09, 0.1, Verdict.Inconclusive)]
    public void LearningClaims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, scale: Scale.Smoke));
    }

    [Fact]
    public void LearningClaims_OtherTask_DoesNotCount()
    {
        Assert.Equal(Verdict.NotReproduced, Judge("b-lambda-pendulum-v1", StudyArms.Hot, BpoMetrics.Area, 0.1, 0.05, task: "CartPole-v1"));
        Assert.Equal(Verdict.Reproduced, Judge("b-lambda-pendulum-v1", StudyArms.Hot, BpoMetrics.Area, 0.1, 0.05, task: "Pendulum-v1"));
    }

    private static Verdict JudgeExact(string id, Func<int, ImprovementFigures> linear, Func<int, ImprovementFigures>? smooth = null, Func<int, ImprovementFigures>? mean = null)
    {
        var results = new StudyResults();
        foreach (var (arm, figures) in new[] { (StudyArms.Linear, linear), (StudyArms.Smooth, smooth ?? linear), (StudyArms.MeanTarget, mean ?? linear) })
            results.Add(arm, 0, [.. Enumerable.Range(0, Processes).SelectMany(i => BpoMetrics.Of(figures(i), $"process/{i}"))]);
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
    }

    private static readonly ImprovementFigures Right = new(1e-13, 0, 0, 0.3, 0, 0.1, 0.5, 0.2, 0.01);

    [Theory]
    [InlineData("a-identity")]
    [InlineData("a-monotone")]
    [InlineData("a-monotone-smooth")]
    [InlineData("a-fermi-dirac")]
    [InlineData("a-bound")]
    [InlineData("a-band")]
    public void ExactClaims_OneProcessWrong_Fail(string id)
    {
        var wrong = new ImprovementFigures(1e-8, -1e-8, 0.01, 0.31, -1e-8, 0.1, 1.01, 0.2, 0.01);
        Assert.Equal(Verdict.Reproduced, JudgeExact(id, _ => Right));
        Assert.Equal(Verdict.NotReproduced, JudgeExact(id, i => i == 13 ? wrong : Right));
    }

    [Fact]
    public void MeanTargetClaim_SharesOutside_GetTheVerdictOfTheirLevel()
    {
        Assert.Equal(Verdict.Reproduced, JudgeExact("a-mean-target", _ => Right, mean: i => Right with { OutsideShare = 0.5 + i / 100.0 }));
        Assert.Equal(Verdict.NotReproduced, JudgeExact("a-mean-target", i => Right with { OutsideShare = 0.5 + i / 100.0 }, mean: _ => Right));
        Assert.Equal(Verdict.Inconclusive, JudgeExact("a-mean-target", i => Right with { OutsideShare = i % 2 }, mean: i => Right with { OutsideShare = (i + 1) % 2 }));
    }
}
