using Pilotage.Evaluation;
using Pilotage.Systems.Language.R2vpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class R2vpoClaimsTests
{
    private const int Bandits = 20, Searches = 20;

    [Theory]
    [InlineData("a-optimum", ExactArms.Optimum, R2vpoMetrics.Optimality, 1e-12, 1e-7)]
    [InlineData("a-dual-variance", ExactArms.Dual, R2vpoMetrics.VarianceError, 0.049, 0.051)]
    [InlineData("a-dual-gain", ExactArms.Dual, R2vpoMetrics.Gap, 0.0009, 0.0011)]
    [InlineData("a-natural-variance", ExactArms.Natural, R2vpoMetrics.VarianceError, 0.049, 0.051)]
    [InlineData("a-natural-gain", ExactArms.Natural, R2vpoMetrics.Gap, 0.0009, 0.0011)]
    public void ExactClaims_OneDecisionWrong_Fail(string id, string arm, string metric, double right, double wrong)
    {
        Verdict Judge(Func<int, double> value)
        {
            var results = new StudyResults();
            results.Add(arm, 0, [.. Enumerable.Range(0, Bandits).Select(i => new Measurement(metric, $"bandit/{i}", value(i)))]);
            return JudgedClaim.Of(new ExactClaims(Bandits).All().Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
        }
        Assert.Equal(Verdict.Reproduced, Judge(_ => right));
        Assert.Equal(Verdict.NotReproduced, Judge(i => i == 7 ? wrong : right));
    }

    [Theory]
    [InlineData(0.03, 0.01, Verdict.Reproduced)]
    [InlineData(-0.03, 0.01, Verdict.NotReproduced)]
    [InlineData(0.001, 0.05, Verdict.Inconclusive)]
    public void ClipClaim_GainsShifted_GetTheVerdictOfTheShift(double shift, double noise, Verdict expected)
    {
        var results = new StudyResults();
        results.Add(ExactArms.Clip, 0, [.. Enumerable.Range(0, Bandits).Select(i => new Measurement(R2vpoMetrics.Matched, $"bandit/{i}", 0.2))]);
        results.Add(ExactArms.Optimum, 0, [.. Enumerable.Range(0, Bandits).Select(i => new Measurement(R2vpoMetrics.Matched, $"bandit/{i}", 0.2 + shift + noise * (i % 2 == 0 ? 1 : -1.02)))]);
        Assert.Equal(expected, JudgedClaim.Of(new ExactClaims(Bandits).All().Single(claim => claim.Id == "a-clip"), results, Scale.Laptop).Verdict);
    }

    [Theory]
    [InlineData(20, Verdict.Reproduced)]
    [InlineData(17, Verdict.Reproduced)]                  // P(at most 3 of 20) = 0.0013 < 0.05 / 4
    [InlineData(12, Verdict.Inconclusive)]
    [InlineData(2, Verdict.NotReproduced)]
    public void RareClaims_SearchesThatAreShorter_GetTheVerdictOfTheirNumber(int shorter, Verdict expected)
    {
        var results = new StudyResults();
        double[] rates = [1, 3, 10, 30];
        foreach (var arm in new[] { RareArms.Clip, RareArms.Dual })
            results.Add(arm, 0, [.. rates.SelectMany(rate => Enumerable.Range(0, Searches).Select(i => new Measurement(R2vpoMetrics.RareSteps(rate), $"search/{i}", arm == RareArms.Clip ? 20 : i < shorter ? 12 + i % 3 : 25)))]);
        Assert.All(new RareClaims(Searches, rates).All(), claim => Assert.Equal(expected, JudgedClaim.Of(claim, results, Scale.Laptop).Verdict));
    }

    [Theory]
    [InlineData("e-match-cartpole-v1", 0.98, 0.01, Verdict.Reproduced)]
    [InlineData("e-match-cartpole-v1", 0.8, 0.02, Verdict.NotReproduced)]
    [InlineData("e-match-cartpole-v1", 0.95, 0.2, Verdict.Inconclusive)]
    [InlineData("e-better-cartpole-v1", 1.1, 0.02, Verdict.Reproduced)]
    [InlineData("e-better-cartpole-v1", 0.9, 0.02, Verdict.NotReproduced)]
    [InlineData("e-better-cartpole-v1", 1, 0.2, Verdict.Inconclusive)]
    public void ControlClaims_AreasShifted_GetTheVerdictOfTheShift(string id, double level, double noise, Verdict expected)
    {
        var (results, tasks) = (new StudyResults(), ControlTask.All(new()));
        for (var seed = 0; seed < 8; seed++)
            foreach (var arm in new[] { ControlArms.Bound, ControlArms.Ppo })
                results.Add(arm, seed, [.. tasks.Select(task => new Measurement(R2vpoMetrics.Area, task.Name, arm == ControlArms.Bound && task.Slug == "cartpole-v1" ? level + noise * (seed % 2 == 0 ? 1 : -1.02) : 1))]);
        var claim = new ControlClaims(tasks).All().Single(claim => claim.Id == id);
        Assert.Equal(expected, JudgedClaim.Of(claim, results, Scale.Laptop).Verdict);
        Assert.Equal(Verdict.NotEvaluated, JudgedClaim.Of(claim, results, Scale.Smoke).Verdict);
    }
}
