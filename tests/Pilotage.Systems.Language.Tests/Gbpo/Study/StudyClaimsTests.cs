using Pilotage.Evaluation;
using Pilotage.Systems.Language.Gbpo;
using Pilotage.Systems.Language.MiniLab;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Gbpo.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class StudyClaimsTests
{
    private const int Seeds = 8, Problems = 30;
    private static readonly string[] Arms = [StudyArms.GrpoOnce, StudyArms.GrpoMany, StudyArms.GbpoOnce, StudyArms.GbpoMany, StudyArms.Mean];

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, Scale scale = Scale.Laptop)
    {
        var results = new StudyResults();
        foreach (var name in Arms)
            for (var seed = 0; seed < Seeds; seed++)
            {
                var sign = seed % 2 == 0 ? 1 : -1.02;
                double Value(string measured, double usual) => name == arm && measured == metric ? level + noise * sign : usual + 0.001 * sign;
                results.Add(name, seed,
                [
                    new(StudyMetrics.Spread, "countdown", Value(StudyMetrics.Spread, 0.5)),
                    .. Enumerable.Range(0, Problems).Select(problem => new Measurement(MiniLabMetrics.Pass1, MiniLabMetrics.Instance("countdown", problem), Value(MiniLabMetrics.Pass1, 0.5) + 0.01 * (problem % 3))),
                ]);
            }
        return JudgedClaim.Of(StudyClaims.All(8).Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("c-epochs", StudyArms.GrpoMany, MiniLabMetrics.Pass1, 0.4, 0.02, Verdict.Reproduced)]
    [InlineData("c-epochs", StudyArms.GbpoMany, MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.Reproduced)]
    [InlineData("c-epochs", StudyArms.GbpoOnce, MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.NotReproduced)]          // better with one pass: then it loses more
    [InlineData("c-epochs", StudyArms.GrpoMany, MiniLabMetrics.Pass1, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("c-grpo-loses", StudyArms.GrpoMany, MiniLabMetrics.Pass1, 0.4, 0.02, Verdict.Reproduced)]
    [InlineData("c-grpo-loses", StudyArms.GrpoMany, MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.NotReproduced)]
    [InlineData("c-grpo-loses", StudyArms.GrpoMany, MiniLabMetrics.Pass1, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("c-better", StudyArms.GbpoMany, MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.Reproduced)]
    [InlineData("c-better", StudyArms.GbpoMany, MiniLabMetrics.Pass1, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("c-better", StudyArms.GbpoMany, MiniLabMetrics.Pass1, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("c-spread", StudyArms.GbpoMany, StudyMetrics.Spread, 0.4, 0.02, Verdict.Reproduced)]
    [InlineData("c-spread", StudyArms.GbpoMany, StudyMetrics.Spread, 0.6, 0.02, Verdict.NotReproduced)]
    [InlineData("c-spread", StudyArms.GbpoMany, StudyMetrics.Spread, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("c-mean", StudyArms.Mean, MiniLabMetrics.Pass1, 0.51, 0.005, Verdict.Reproduced)]
    [InlineData("c-mean", StudyArms.Mean, MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.NotReproduced)]
    [InlineData("c-mean", StudyArms.Mean, MiniLabMetrics.Pass1, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("c-mean", StudyArms.Mean, MiniLabMetrics.Pass1, 0.53, 0.02, Verdict.Inconclusive)]
    public void Claims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }
}
