using Pilotage.Evaluation;
using Pilotage.Systems.Language.DcpoDistribution;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Study;

/// <summary>Synthetic runs on both sides of each claim's region.</summary>
public sealed class BanditClaimsTests
{
    private const int Runs = 12;
    private static readonly IReadOnlyList<Claim> Claims = new BanditClaims([0.5, 1], Runs).All();

    private static Verdict Judge(string id, string arm, string metric, Func<int, double> value, Scale scale = Scale.Laptop)
    {
        var results = new StudyResults();
        foreach (var name in new[] { BanditArms.Grpo, BanditArms.Regularised, BanditArms.Dcpo, BanditArms.NoRatio, BanditArms.Population, BanditArms.OnOne })
            results.Add(name, 0,
            [
                .. Enumerable.Range(0, Runs).SelectMany(run => new Measurement[]
                {
                    new(StudyMetrics.BanditEntropy, $"{run}", name == arm && metric == StudyMetrics.BanditEntropy ? value(run) : 1),
                    new(StudyMetrics.BanditError, $"{run}", name == arm && metric == StudyMetrics.BanditError ? value(run) : 0.1),
                }),
            ]);
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("a-set-point", BanditArms.Dcpo, StudyMetrics.BanditError, 0.019, 0.021)]
    [InlineData("a-no-ratio", BanditArms.NoRatio, StudyMetrics.BanditEntropy, 0.9, 1.1)]
    [InlineData("a-grpo", BanditArms.Grpo, StudyMetrics.BanditEntropy, 0.24, 0.26)]
    [InlineData("a-population", BanditArms.Population, StudyMetrics.BanditEntropy, 0.04, 0.06)]
    [InlineData("a-population-misses", BanditArms.Population, StudyMetrics.BanditError, 0.021, 0.019)]
    [InlineData("a-on-one", BanditArms.OnOne, StudyMetrics.BanditEntropy, 0.04, 0.06)]
    public void ExactClaims_OneRunBeyondTheBorder_Fail(string id, string arm, string metric, double inside, double outside)
    {
        Assert.Equal(Verdict.Reproduced, Judge(id, arm, metric, _ => inside));
        Assert.Equal(Verdict.NotReproduced, Judge(id, arm, metric, run => run == 7 ? outside : inside));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, _ => inside, Scale.Smoke));
    }

    [Fact]
    public void FixedBonus_FartherNearerAndMixed_AreToldApart()
    {
        Assert.Equal(Verdict.Reproduced, Judge("a-fixed-bonus", BanditArms.Regularised, StudyMetrics.BanditError, run => 0.5 + run / 100.0));
        Assert.Equal(Verdict.NotReproduced, Judge("a-fixed-bonus", BanditArms.Regularised, StudyMetrics.BanditError, run => 0.01 + run / 1000.0));
        Assert.Equal(Verdict.Inconclusive, Judge("a-fixed-bonus", BanditArms.Regularised, StudyMetrics.BanditError, run => run % 2 == 0 ? 0.05 : 0.15));
    }
}
