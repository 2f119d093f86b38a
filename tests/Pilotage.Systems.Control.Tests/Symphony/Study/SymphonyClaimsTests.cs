using Pilotage.Evaluation;
using Pilotage.Systems.Control.Symphony;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony.Study;

public class SymphonyClaimsTests
{
    private const int Seeds = 8;
    private static readonly SymphonyTask Task = new(SymphonyTask.Find("Pendulum-v1", null), "Pendulum", new(), new(), new(), AllAblations: true, 1, 1);

    /// <summary>Results in which an arm's metric has a mean and a spread over seeds; everything else is the same at every seed.</summary>
    private static Verdict Judge(string claim, string metric, Func<string, double> mean, Func<string, double> spread)
    {
        var results = new StudyResults();
        foreach (var arm in new SymphonyArms([Task]).All().Select(arm => arm.Name))
            for (var seed = 0; seed < Seeds; seed++)
                results.Add(arm, seed, [new(SymphonyMetrics.On(Task, metric), Task.Entry.Name, mean(arm) + spread(arm) * (seed % 2 == 0 ? 1.01 : -1))]);
        return JudgedClaim.Of(new SymphonyClaims([Task]).All().Single(one => one.Id == claim), results, Scale.Laptop).Verdict;
    }

    [Theory]
    [InlineData("1-strength-pendulum", SymphonyMetrics.Strength, -0.3, 0.02, Verdict.Reproduced)]
    [InlineData("1-strength-pendulum", SymphonyMetrics.Strength, 0.3, 0.02, Verdict.NotReproduced)]
    [InlineData("1-strength-pendulum", SymphonyMetrics.Strength, -0.01, 0.3, Verdict.Inconclusive)]
    [InlineData("1-limits-pendulum", SymphonyMetrics.NearLimit, -0.3, 0.02, Verdict.Reproduced)]
    [InlineData("1-limits-pendulum", SymphonyMetrics.NearLimit, 0.3, 0.02, Verdict.NotReproduced)]
    [InlineData("1-limits-pendulum", SymphonyMetrics.NearLimit, -0.01, 0.3, Verdict.Inconclusive)]
    [InlineData("2-learns-pendulum", SymphonyMetrics.Return, 1, 0.1, Verdict.Reproduced)]
    [InlineData("2-learns-pendulum", SymphonyMetrics.Return, -1, 0.1, Verdict.NotReproduced)]
    [InlineData("2-learns-pendulum", SymphonyMetrics.Return, 0.1, 2, Verdict.Inconclusive)]
    [InlineData("4-fading-pendulum", SymphonyMetrics.Return, 1, 0.1, Verdict.Reproduced)]
    [InlineData("4-fading-pendulum", SymphonyMetrics.Return, -1, 0.1, Verdict.NotReproduced)]
    [InlineData("4-fading-pendulum", SymphonyMetrics.Return, 0.1, 2, Verdict.Inconclusive)]
    [InlineData("3-swaddling-pendulum", SymphonyMetrics.Strength, -0.3, 0.02, Verdict.Reproduced)]
    [InlineData("3-swaddling-pendulum", SymphonyMetrics.Strength, 0.3, 0.02, Verdict.NotReproduced)]
    [InlineData("3-swaddling-pendulum", SymphonyMetrics.Strength, -0.01, 0.3, Verdict.Inconclusive)]
    public void Differences_SymphonyShifted_GetTheVerdictOfTheShift(string claim, string metric, double shift, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(claim, metric, arm => arm == SymphonyArms.Method ? shift : 0, arm => arm == SymphonyArms.Method ? noise : 0));

    [Fact]
    public void Strength_GentlerThanAllButOneBaseline_IsNotReproduced()
    {
        foreach (var strong in SymphonyArms.Baselines)
            Assert.Equal(Verdict.NotReproduced, Judge("1-strength-pendulum", SymphonyMetrics.Strength, arm => arm == strong ? -1 : arm == SymphonyArms.Method ? 0 : 1, _ => 0));
    }

    [Theory]
    [InlineData(0.9, 0.05, Verdict.Reproduced)]
    [InlineData(0.3, 0.05, Verdict.NotReproduced)]
    [InlineData(0.62, 0.3, Verdict.Inconclusive)]
    public void Share_OfSacsImprovement_IsJudgedAgainstSixTenths(double share, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("2-share-pendulum", SymphonyMetrics.Return, arm => arm switch { SymphonyArms.Random => -1000, SymphonyArms.Sac => -200, SymphonyArms.Method => -1000 + 800 * share, _ => 0 },
            arm => arm == SymphonyArms.Method ? 800 * noise : arm == SymphonyArms.Sac ? 10 : 0));

    [Fact]
    public void Share_SacLearnedNothing_IsInconclusive() =>
        Assert.Equal(Verdict.Inconclusive, Judge("2-share-pendulum", SymphonyMetrics.Return, arm => arm == SymphonyArms.Method ? 100 : 0, arm => arm == SymphonyArms.Sac ? 5 : 0));

    [Fact]
    public void ImprovedShare_NoSpread_IsTheRatio()
    {
        var results = new StudyResults();
        foreach (var (arm, value) in new[] { ("a", 7.0), ("b", 11.0), ("floor", 1.0) })
            for (var seed = 0; seed < Seeds; seed++) results.Add(arm, seed, [new("m", "i", value)]);
        var effect = ImprovedShare.Of(results, "a", "b", "floor", "m", new() { Holds = Region.Above(0.5) });
        Assert.Equal(0.6, effect.Estimate, 1e-12);
        Assert.Equal(0.6, effect.Low, 1e-9);
        Assert.Equal(0.6, effect.High, 1e-9);
        Assert.Equal(2 * Math.Pow(2, -Seeds), effect.P, 1e-12);
    }

    [Fact]
    public void Claims_EightSeeds_CouldAllPass() => Assert.All(new SymphonyClaims([Task]).All(), claim => Assert.True(claim.CanPass(claim.SmallestP!(Seeds)), claim.Id));
}
