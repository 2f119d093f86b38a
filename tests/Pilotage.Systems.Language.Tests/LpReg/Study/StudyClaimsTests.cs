using Pilotage.Evaluation;
using Pilotage.Systems.Language.LpReg.Study;
using Pilotage.Systems.Language.MiniLab;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class StudyClaimsTests
{
    private const int Seeds = 8, Problems = 6;
    private static readonly string[] Learners =
        [StudyArms.Grpo, StudyArms.Entropy, StudyArms.ClipHigher, StudyArms.LpReg, StudyArms.NoFilter, StudyArms.FreshGrpo, StudyArms.FreshLpReg];

    [Theory]
    [InlineData("wait", StudyArms.LpReg, LpRegMetrics.UsefulWait, 1.2, 0.05, Verdict.Reproduced)]
    [InlineData("wait", StudyArms.LpReg, LpRegMetrics.UsefulWait, 0.8, 0.05, Verdict.NotReproduced)]
    [InlineData("wait", StudyArms.LpReg, LpRegMetrics.UsefulWait, 1, 0.3, Verdict.Inconclusive)]
    [InlineData("wait-collapse", StudyArms.Grpo, LpRegMetrics.UsefulWait, 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("wait-collapse", StudyArms.Grpo, LpRegMetrics.UsefulWait, 0.7, 0.05, Verdict.NotReproduced)]           // fallen, but not by half
    [InlineData("wait-collapse", StudyArms.Grpo, LpRegMetrics.UsefulWait, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("noise", StudyArms.LpReg, LpRegMetrics.Noise, 1.3, 0.05, Verdict.Reproduced)]                          // more, but not by half
    [InlineData("noise", StudyArms.LpReg, LpRegMetrics.Noise, 1.8, 0.05, Verdict.NotReproduced)]
    [InlineData("noise", StudyArms.LpReg, LpRegMetrics.Noise, 1.5, 0.4, Verdict.Inconclusive)]
    [InlineData("noise-entropy", StudyArms.Entropy, LpRegMetrics.Noise, 1.5, 0.05, Verdict.Reproduced)]
    [InlineData("noise-entropy", StudyArms.Entropy, LpRegMetrics.Noise, 0.5, 0.05, Verdict.NotReproduced)]
    [InlineData("noise-entropy", StudyArms.Entropy, LpRegMetrics.Noise, 1, 0.4, Verdict.Inconclusive)]
    [InlineData("noise-filter", StudyArms.NoFilter, LpRegMetrics.Noise, 1.5, 0.05, Verdict.Reproduced)]
    [InlineData("noise-filter", StudyArms.NoFilter, LpRegMetrics.Noise, 0.5, 0.05, Verdict.NotReproduced)]
    [InlineData("noise-filter", StudyArms.NoFilter, LpRegMetrics.Noise, 1, 0.4, Verdict.Inconclusive)]
    [InlineData("entropy", StudyArms.LpReg, MiniLabMetrics.Entropy, 1.3, 0.05, Verdict.Reproduced)]
    [InlineData("entropy", StudyArms.LpReg, MiniLabMetrics.Entropy, 0.7, 0.05, Verdict.NotReproduced)]
    [InlineData("entropy", StudyArms.LpReg, MiniLabMetrics.Entropy, 1, 0.4, Verdict.Inconclusive)]
    [InlineData("pass-no-worse", StudyArms.LpReg, MiniLabMetrics.Pass1, 0.995, 0.002, Verdict.Reproduced)]             // half a point less still counts as no worse
    [InlineData("pass-no-worse", StudyArms.LpReg, MiniLabMetrics.Pass1, 0.9, 0.02, Verdict.NotReproduced)]
    [InlineData("pass-no-worse", StudyArms.LpReg, MiniLabMetrics.Pass1, 0.99, 0.1, Verdict.Inconclusive)]
    [InlineData("pass-better", StudyArms.LpReg, MiniLabMetrics.Pass1, 1.05, 0.01, Verdict.Reproduced)]
    [InlineData("pass-better", StudyArms.LpReg, MiniLabMetrics.Pass1, 0.95, 0.01, Verdict.NotReproduced)]
    [InlineData("pass-better", StudyArms.LpReg, MiniLabMetrics.Pass1, 1, 0.1, Verdict.Inconclusive)]
    [InlineData("share", StudyArms.LpReg, LpRegMetrics.ProtectedShare, 0.01, 0.001, Verdict.Reproduced)]
    [InlineData("share", StudyArms.LpReg, LpRegMetrics.ProtectedShare, 0.2, 0.01, Verdict.NotReproduced)]
    [InlineData("share", StudyArms.LpReg, LpRegMetrics.ProtectedShare, 0, 0.0001, Verdict.NotReproduced)]
    [InlineData("share", StudyArms.LpReg, LpRegMetrics.ProtectedShare, 0.05, 0.02, Verdict.Inconclusive)]
    [InlineData("on-policy-wait", StudyArms.FreshLpReg, LpRegMetrics.UsefulWait, 1.2, 0.05, Verdict.Reproduced)]
    [InlineData("on-policy-wait", StudyArms.FreshLpReg, LpRegMetrics.UsefulWait, 0.8, 0.05, Verdict.NotReproduced)]
    [InlineData("on-policy-wait", StudyArms.FreshLpReg, LpRegMetrics.UsefulWait, 1, 0.3, Verdict.Inconclusive)]
    [InlineData("on-policy-pass", StudyArms.FreshLpReg, MiniLabMetrics.Pass1, 0.995, 0.002, Verdict.Reproduced)]
    [InlineData("on-policy-pass", StudyArms.FreshLpReg, MiniLabMetrics.Pass1, 0.9, 0.02, Verdict.NotReproduced)]
    [InlineData("on-policy-pass", StudyArms.FreshLpReg, MiniLabMetrics.Pass1, 0.99, 0.1, Verdict.Inconclusive)]
    public void Claims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise, Scale.Laptop));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }

    [Fact]
    public void Claims_All_AreFedAbove()
    {
        var fed = typeof(StudyClaimsTests).GetMethod(nameof(Claims_ArmShifted_GetTheVerdictOfTheShift))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute)).Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!).Distinct();

        Assert.Equal(StudyClaims.All().Select(claim => claim.Id).Order(), fed.Order());
    }

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, Scale scale)
    {
        var results = new StudyResults();
        results.Add(StudyArms.Start, 0, Measured(StudyArms.Start, 0, arm, metric, level, noise));
        foreach (var learner in Learners)
            for (var seed = 0; seed < Seeds; seed++) results.Add(learner, seed, Measured(learner, seed, arm, metric, level, noise));
        return JudgedClaim.Of(StudyClaims.All().Single(claim => claim.Id == id), results, scale).Verdict;
    }

    private static Measurement[] Measured(string learner, int seed, string arm, string metric, double level, double noise) =>
    [
        .. from measured in new[] { LpRegMetrics.UsefulWait, LpRegMetrics.Noise, MiniLabMetrics.Pass1, MiniLabMetrics.Entropy, LpRegMetrics.ProtectedShare }
           from instance in measured is MiniLabMetrics.Entropy or LpRegMetrics.ProtectedShare ? ["spark"] : Enumerable.Range(0, Problems).Select(i => MiniLabMetrics.Instance("spark", i))
           let isShifted = learner == arm && measured == metric
           select new Measurement(measured, instance, (isShifted ? level : 1) + (isShifted ? noise : 0.001) * (seed % 2 == 0 ? 1 : -1.02)),
    ];
}
