using Pilotage.Evaluation;
using Pilotage.Systems.Language.TreePo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class StudyClaimsTests
{
    private const int Seeds = 8, Problems = 40;
    private static readonly string[] Arms = [StudyArms.WarmStart, StudyArms.Grpo, StudyArms.GrpoTree, StudyArms.Average, StudyArms.Size, StudyArms.MoreFirst];

    [Theory]
    [InlineData("tokens", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 0.9, 0.01, Verdict.Reproduced)]
    [InlineData("tokens", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 1.1, 0.01, Verdict.NotReproduced)]
    [InlineData("tokens", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 1, 0.2, Verdict.Inconclusive)]
    [InlineData("tokens-bar", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 0.8, 0.01, Verdict.Reproduced)]
    [InlineData("tokens-bar", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 0.9, 0.01, Verdict.NotReproduced)]
    [InlineData("tokens-bar", StudyArms.GrpoTree, StudyMetrics.TokensPerLeaf, 0.85, 0.1, Verdict.Inconclusive)]
    [InlineData("updates", StudyArms.Average, StudyMetrics.Majority, 0.5, 0.003, Verdict.Reproduced)]
    [InlineData("updates", StudyArms.Average, StudyMetrics.Majority, 0.45, 0.003, Verdict.NotReproduced)]
    [InlineData("updates", StudyArms.Average, StudyMetrics.Majority, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("budget", StudyArms.Average, StudyMetrics.MajorityAtTokens, 0.52, 0.003, Verdict.Reproduced)]
    [InlineData("budget", StudyArms.Average, StudyMetrics.MajorityAtTokens, 0.48, 0.003, Verdict.NotReproduced)]
    [InlineData("budget", StudyArms.Average, StudyMetrics.MajorityAtTokens, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("average", StudyArms.Size, StudyMetrics.Majority, 0.51, 0.003, Verdict.Reproduced)]
    [InlineData("average", StudyArms.Size, StudyMetrics.Majority, 0.55, 0.003, Verdict.NotReproduced)]
    [InlineData("average", StudyArms.Size, StudyMetrics.Majority, 0.52, 0.1, Verdict.Inconclusive)]
    [InlineData("sampling", StudyArms.GrpoTree, StudyMetrics.Majority, 0.52, 0.003, Verdict.Reproduced)]
    [InlineData("sampling", StudyArms.GrpoTree, StudyMetrics.Majority, 0.48, 0.003, Verdict.NotReproduced)]
    [InlineData("sampling", StudyArms.GrpoTree, StudyMetrics.Majority, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("credit", StudyArms.GrpoTree, StudyMetrics.Majority, 0.48, 0.003, Verdict.Reproduced)]
    [InlineData("credit", StudyArms.GrpoTree, StudyMetrics.Majority, 0.52, 0.003, Verdict.NotReproduced)]
    [InlineData("credit", StudyArms.GrpoTree, StudyMetrics.Majority, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("more-first", StudyArms.MoreFirst, StudyMetrics.Majority, 0.52, 0.003, Verdict.Reproduced)]
    [InlineData("more-first", StudyArms.MoreFirst, StudyMetrics.Majority, 0.48, 0.003, Verdict.NotReproduced)]
    [InlineData("more-first", StudyArms.MoreFirst, StudyMetrics.Majority, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("learns", StudyArms.WarmStart, StudyMetrics.Majority, 0.4, 0.003, Verdict.Reproduced)]
    [InlineData("learns", StudyArms.WarmStart, StudyMetrics.Majority, 0.6, 0.003, Verdict.NotReproduced)]
    [InlineData("learns", StudyArms.WarmStart, StudyMetrics.Majority, 0.5, 0.1, Verdict.Inconclusive)]
    public void Claim_ArmShifted_GetsTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise, Scale.Laptop));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }

    [Fact]
    public void Claims_AllAreShifted() =>
        Assert.Equal(["tokens", "tokens-bar", "updates", "budget", "average", "sampling", "credit", "more-first", "learns"], StudyClaims.All().Select(claim => claim.Id));

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, Scale scale)
    {
        var results = new StudyResults();
        foreach (var each in Arms)
            for (var seed = 0; seed < Seeds; seed++)
            {
                var measured = new List<Measurement>();
                foreach (var name in new[] { StudyMetrics.TokensPerLeaf, StudyMetrics.Majority, StudyMetrics.MajorityAtTokens })
                {
                    var isPerProblem = name != StudyMetrics.TokensPerLeaf;
                    var isShifted = each == arm && name == metric;
                    for (var problem = 0; problem < (isPerProblem ? Problems : 1); problem++)
                        measured.Add(new(name, isPerProblem ? $"steps/{problem:D6}" : "steps", (isShifted ? level : isPerProblem ? 0.5 : 1) + (isShifted ? noise : 0.0005) * (seed % 2 == 0 ? 1 : -1.02)));
                }
                results.Add(each, seed, measured);
            }
        return JudgedClaim.Of(StudyClaims.All().Single(claim => claim.Id == id), results, scale).Verdict;
    }
}
