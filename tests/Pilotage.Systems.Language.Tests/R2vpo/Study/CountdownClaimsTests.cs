using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.R2vpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class CountdownClaimsTests
{
    private const int Seeds = 8;
    private static readonly string[] Arms = [CountdownArms.Grpo, CountdownArms.Free, CountdownArms.Bound, CountdownArms.GrpoReplay, CountdownArms.BoundReplay];
    private static readonly IReadOnlyList<Claim> Claims = [.. CountdownClaims.OfFresh(), .. CountdownClaims.OfStored()];

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, Scale scale = Scale.Laptop)
    {
        var results = new StudyResults();
        foreach (var name in Arms)
            for (var seed = 0; seed < Seeds; seed++)
            {
                double Value(string measured, double usual) => measured == metric && name == arm ? level + noise * (seed % 2 == 0 ? 1 : -1.02) : usual;
                results.Add(name, seed,
                [
                    new(R2vpoMetrics.WithinBound, "countdown", Value(R2vpoMetrics.WithinBound, 0.5)), new(R2vpoMetrics.BeyondBound, "countdown", Value(R2vpoMetrics.BeyondBound, 0.5)),
                    new(MiniLabMetrics.Area, "countdown", Value(MiniLabMetrics.Area, 0.3)),
                    .. Enumerable.Range(0, 20).Select(problem => new Measurement(MiniLabMetrics.Pass1, $"countdown/{problem:D6}", Value(MiniLabMetrics.Pass1, 0.3) + 0.01 * (problem % 3 - 1))),
                ]);
            }
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("b-bound", CountdownArms.Bound, R2vpoMetrics.WithinBound, 0.98, 0.01, Verdict.Reproduced)]
    [InlineData("b-bound", CountdownArms.Bound, R2vpoMetrics.WithinBound, 0.6, 0.1, Verdict.NotReproduced)]
    [InlineData("b-bound", CountdownArms.Bound, R2vpoMetrics.WithinBound, 0.9, 0.1, Verdict.Inconclusive)]
    [InlineData("b-free", CountdownArms.Free, R2vpoMetrics.BeyondBound, 0.9, 0.05, Verdict.Reproduced)]
    [InlineData("b-free", CountdownArms.Free, R2vpoMetrics.BeyondBound, 0.1, 0.05, Verdict.NotReproduced)]
    [InlineData("b-free", CountdownArms.Free, R2vpoMetrics.BeyondBound, 0.5, 0.3, Verdict.Inconclusive)]
    [InlineData("b-area", CountdownArms.Bound, MiniLabMetrics.Area, 0.29, 0.001, Verdict.Reproduced)]
    [InlineData("b-area", CountdownArms.Bound, MiniLabMetrics.Area, 0.25, 0.001, Verdict.NotReproduced)]
    [InlineData("b-area", CountdownArms.Bound, MiniLabMetrics.Area, 0.28, 0.05, Verdict.Inconclusive)]
    [InlineData("b-final", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.29, 0.001, Verdict.Reproduced)]
    [InlineData("b-final", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.25, 0.001, Verdict.NotReproduced)]
    [InlineData("b-final", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.28, 0.05, Verdict.Inconclusive)]
    [InlineData("b-better", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.33, 0.001, Verdict.Reproduced)]
    [InlineData("b-better", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.27, 0.001, Verdict.NotReproduced)]
    [InlineData("b-better", CountdownArms.Bound, MiniLabMetrics.Pass1, 0.3, 0.05, Verdict.Inconclusive)]
    [InlineData("c-clip", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.33, 0.001, Verdict.Reproduced)]
    [InlineData("c-clip", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.27, 0.001, Verdict.NotReproduced)]
    [InlineData("c-clip", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.3, 0.05, Verdict.Inconclusive)]
    [InlineData("c-final", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.29, 0.001, Verdict.Reproduced)]
    [InlineData("c-final", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.25, 0.001, Verdict.NotReproduced)]
    [InlineData("c-final", CountdownArms.BoundReplay, MiniLabMetrics.Pass1, 0.28, 0.05, Verdict.Inconclusive)]
    public void Claims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }

    // The clip reaches 90 % of its end at step 40 of 60; the other arm where the test says.
    private static Verdict JudgeAnswers(string id, Func<int, int> reaches)
    {
        var results = new StudyResults();
        for (var seed = 0; seed < Seeds; seed++)
            foreach (var (arm, at) in new[] { (CountdownArms.Grpo, 40), (CountdownArms.BoundReplay, reaches(seed)) })
                results.Add(arm, seed, [.. Enumerable.Range(0, 13).Select(point => new Measurement(MiniLabMetrics.CurvePass1, MiniLabMetrics.Instance("countdown", point * 5), point * 5 >= at ? 0.3 : 0.2))]);
        return JudgedClaim.Of(Claims.Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
    }

    [Fact]
    public void AnswersClaims_StepsToTheLevel_GetTheVerdictOfTheirRatio()
    {
        Assert.Equal(Verdict.Reproduced, JudgeAnswers("c-fewer", seed => 20 + 5 * (seed % 2)));
        Assert.Equal(Verdict.Reproduced, JudgeAnswers("c-much-fewer", seed => 20 + 5 * (seed % 2)));
        Assert.Equal(Verdict.Reproduced, JudgeAnswers("c-fewer", seed => 35));
        Assert.Equal(Verdict.NotReproduced, JudgeAnswers("c-much-fewer", seed => 35));
        Assert.Equal(Verdict.NotReproduced, JudgeAnswers("c-fewer", seed => 99));         // never: counted as one point behind the end
        Assert.Equal(Verdict.Inconclusive, JudgeAnswers("c-fewer", seed => 20 + 40 * (seed % 2)));
    }

    [Fact]
    public void StepsTo_Curve_IsItsFirstPointThere()
    {
        (double, double)[] curve = [(0, 0.1), (5, 0.2), (10, 0.15), (15, 0.3)];
        Assert.Equal(5, CountdownClaims.StepsTo(curve, 0.2));
        Assert.Equal(15, CountdownClaims.StepsTo(curve, 0.21));
        Assert.Equal(20, CountdownClaims.StepsTo(curve, 0.4));
        Assert.Equal(5, CountdownClaims.StepsTo(curve, 0.05));                            // not 0, of which no ratio exists
    }

    [Fact]
    public void Share_MovingAverages_AreThoseOfTwentySteps()
    {
        Assert.Equal(0, BoundKept.Share([.. Enumerable.Repeat(0.04, 20)], 0.02, 0.08));   // none counts yet
        Assert.Equal(1, BoundKept.Share([.. Enumerable.Repeat(0.04, 40)], 0.02, 0.08));
        Assert.Equal(0, BoundKept.Share([.. Enumerable.Repeat(0.01, 40)], 0.02, 0.08));
        // One large step of twenty lifts the mean to (19 x 0.04 + 2) / 20 = 0.138 for the twenty windows that hold it, of forty.
        double[] spike = [.. Enumerable.Range(0, 60).Select(step => step == 30 ? 2 : 0.04)];
        Assert.Equal(0.5, BoundKept.Share(spike, 0.02, 0.08));
    }
}
