using Pilotage.Evaluation;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.MiniLab;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class TrainingClaimsTests
{
    private const int Seeds = 8, Problems = 30;
    private static readonly double[] Fractions = [0.25, 0.5, 0.75];
    private static readonly IReadOnlyList<Claim> Claims = new TrainingClaims(Fractions, [0.5, 0.75]).All();
    private static readonly string[] Arms = [TrainingArms.Grpo, TrainingArms.NoRatio, .. Fractions.Select(TrainingArms.Dcpo), .. Fractions.Select(TrainingArms.Regularised), TrainingArms.Strong(0.75)];

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
                    new(StudyMetrics.EntropyError, "countdown", Value(StudyMetrics.EntropyError, 0.2)),
                    new(StudyMetrics.EndEntropy, "countdown", Value(StudyMetrics.EndEntropy, 0.5)),
                    .. from problem in Enumerable.Range(0, Problems)
                       from pass in new[] { MiniLabMetrics.Pass1, MiniLabMetrics.Pass64 }
                       select new Measurement(pass, MiniLabMetrics.Instance("countdown", problem), Value(pass, 0.5) + 0.01 * (problem % 3)),
                ]);
            }
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("b-control-0.25", "dcpo-0.25", StudyMetrics.EntropyError, 0.1, 0.02, Verdict.Reproduced)]
    [InlineData("b-control-0.25", "dcpo-0.25", StudyMetrics.EntropyError, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("b-control-0.25", "dcpo-0.25", StudyMetrics.EntropyError, 0.25, 0.1, Verdict.Inconclusive)]
    [InlineData("b-control-0.75", "dcpo-0.75", StudyMetrics.EntropyError, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("b-control-0.75", "dcpo-0.5", StudyMetrics.EntropyError, 0.4, 0.02, Verdict.Reproduced)]          // another set point does not count
    [InlineData("b-regularizer-0.5", "dcpo-0.5", StudyMetrics.EntropyError, 0.1, 0.02, Verdict.Reproduced)]
    [InlineData("b-regularizer-0.5", "entropy-reg-0.5", StudyMetrics.EntropyError, 0.1, 0.02, Verdict.NotReproduced)]
    [InlineData("b-regularizer-0.5", "dcpo-0.5", StudyMetrics.EntropyError, 0.2, 0.1, Verdict.Inconclusive)]
    [InlineData("b-strong", "dcpo-0.75-strong", StudyMetrics.EntropyError, 0.1, 0.02, Verdict.Reproduced)]
    [InlineData("b-strong", "dcpo-0.75", StudyMetrics.EntropyError, 0.1, 0.02, Verdict.NotReproduced)]
    [InlineData("b-strong", "dcpo-0.75-strong", StudyMetrics.EntropyError, 0.2, 0.1, Verdict.Inconclusive)]
    [InlineData("b-raises", "dcpo-0.75", StudyMetrics.EndEntropy, 0.6, 0.02, Verdict.Reproduced)]
    [InlineData("b-raises", "dcpo-0.75", StudyMetrics.EndEntropy, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("b-raises", "dcpo-0.75", StudyMetrics.EndEntropy, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("b-lowers", "dcpo-0.25", StudyMetrics.EndEntropy, 0.4, 0.02, Verdict.Reproduced)]
    [InlineData("b-lowers", "dcpo-0.25", StudyMetrics.EndEntropy, 0.6, 0.02, Verdict.NotReproduced)]
    [InlineData("b-lowers", "dcpo-0.25", StudyMetrics.EndEntropy, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("b-grpo", TrainingArms.Grpo, StudyMetrics.EndEntropy, 0.1, 0.01, Verdict.Reproduced)]
    [InlineData("b-grpo", TrainingArms.Grpo, StudyMetrics.EndEntropy, 0.2, 0.01, Verdict.NotReproduced)]           // lower than any set point, but not by half
    [InlineData("b-grpo", TrainingArms.Grpo, StudyMetrics.EndEntropy, 0.125, 0.05, Verdict.Inconclusive)]
    [InlineData("b-no-ratio", TrainingArms.NoRatio, StudyMetrics.EndEntropy, 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("b-no-ratio", TrainingArms.NoRatio, StudyMetrics.EndEntropy, 0.7, 0.05, Verdict.NotReproduced)]
    [InlineData("b-no-ratio", TrainingArms.NoRatio, StudyMetrics.EndEntropy, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("b-pass-64", "dcpo-0.5", MiniLabMetrics.Pass64, 0.6, 0.02, Verdict.Reproduced)]
    [InlineData("b-pass-64", "dcpo-0.5", MiniLabMetrics.Pass64, 0.4, 0.02, Verdict.NotReproduced)]
    [InlineData("b-pass-64", "dcpo-0.5", MiniLabMetrics.Pass64, 0.5, 0.2, Verdict.Inconclusive)]
    [InlineData("b-pass-1", "dcpo-0.5", MiniLabMetrics.Pass1, 0.496, 0.002, Verdict.Reproduced)]                   // a little worse still counts
    [InlineData("b-pass-1", "dcpo-0.5", MiniLabMetrics.Pass1, 0.45, 0.01, Verdict.NotReproduced)]
    [InlineData("b-pass-1", "dcpo-0.5", MiniLabMetrics.Pass1, 0.49, 0.1, Verdict.Inconclusive)]
    [InlineData("b-moderate", "dcpo-0.75", MiniLabMetrics.Pass1, 0.4, 0.02, Verdict.Reproduced)]
    [InlineData("b-moderate", "dcpo-0.75", MiniLabMetrics.Pass1, 0.6, 0.02, Verdict.NotReproduced)]
    [InlineData("b-moderate", "dcpo-0.75", MiniLabMetrics.Pass1, 0.5, 0.2, Verdict.Inconclusive)]
    public void Claims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }
}
