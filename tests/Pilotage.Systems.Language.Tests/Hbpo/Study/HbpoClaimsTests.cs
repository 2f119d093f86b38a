using Pilotage.Evaluation;
using Pilotage.Systems.Language.Hbpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Hbpo.Study;

public sealed class HbpoClaimsTests
{
    private const int Seeds = 8, Problems = 12;
    private static readonly HbpoClaims Claims = new([1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData("1-tokens", HbpoMetrics.Tokens, 20, 40, 1, Verdict.Reproduced)]
    [InlineData("1-tokens", HbpoMetrics.Tokens, 39, 40, 1, Verdict.NotReproduced)]
    [InlineData("1-tokens", HbpoMetrics.Tokens, 32, 40, 8, Verdict.Inconclusive)]
    [InlineData("1-accuracy", HbpoMetrics.Accuracy, 0.9, 0.8, 0.02, Verdict.Reproduced)]
    [InlineData("1-accuracy", HbpoMetrics.Accuracy, 0.795, 0.8, 0.002, Verdict.Reproduced)]        // less than two points lost
    [InlineData("1-accuracy", HbpoMetrics.Accuracy, 0.7, 0.8, 0.02, Verdict.NotReproduced)]
    [InlineData("1-accuracy", HbpoMetrics.Accuracy, 0.78, 0.8, 0.05, Verdict.Inconclusive)]
    public void AgainstTheStart(string claim, string metric, double method, double start, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(claim, metric, arm => arm == HbpoArms.Method ? method : arm == HbpoArms.Warm ? start : 0.5, noise));

    [Theory]
    [InlineData(0.1, 0.02, Verdict.Reproduced)]
    [InlineData(-0.1, 0.02, Verdict.NotReproduced)]
    [InlineData(0.01, 0.2, Verdict.Inconclusive)]
    public void OnTheHardestThird(double difference, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("2-hard", HbpoMetrics.Accuracy, arm => arm == HbpoArms.Method ? 0.5 + difference : 0.5, noise));

    [Fact]
    public void OnTheHardestThird_EasierLevelsDoNotCount()
    {
        Assert.Equal(Verdict.Reproduced, Judge("2-hard", HbpoMetrics.Accuracy, arm => arm == HbpoArms.Method ? 0.6 : 0.5, 0.01, level => level >= 5 ? 1 : -5));
        Assert.Equal(Verdict.NotReproduced, Judge("2-hard", HbpoMetrics.Accuracy, arm => arm == HbpoArms.Method ? 0.6 : 0.5, 0.01, level => level >= 5 ? -1 : 5));
    }

    [Theory]
    [InlineData("3-adaptivity", HbpoMetrics.Adaptivity, HbpoArms.One, 1, 0.1, Verdict.Reproduced)]
    [InlineData("3-adaptivity", HbpoMetrics.Adaptivity, HbpoArms.One, -1, 0.1, Verdict.NotReproduced)]
    [InlineData("3-adaptivity", HbpoMetrics.Adaptivity, HbpoArms.One, 0.05, 1, Verdict.Inconclusive)]
    [InlineData("4-exploration", HbpoMetrics.LengthDeviation, HbpoArms.Cosine, 1, 0.1, Verdict.Reproduced)]
    [InlineData("4-exploration", HbpoMetrics.LengthDeviation, HbpoArms.Cosine, -1, 0.1, Verdict.NotReproduced)]
    [InlineData("4-exploration", HbpoMetrics.LengthDeviation, HbpoArms.Cosine, 0.05, 1, Verdict.Inconclusive)]
    public void OneNumberASeed(string claim, string metric, string other, double difference, double noise, Verdict expected)
    {
        var results = new StudyResults();
        foreach (var arm in Arms())
        {
            for (var seed = 0; seed < Seeds; seed++)
                results.Add(arm, seed, [new(metric, HbpoMetrics.Task, 5 + (arm == HbpoArms.Method ? difference + noise * (seed % 2 == 0 ? 1.01 : -1) : arm == other ? 0 : 100))]);
        }
        Assert.Equal(expected, JudgedClaim.Of(Claims.All().Single(one => one.Id == claim), results, Scale.Laptop).Verdict);
    }

    // Each problem of each level has the arm's mean; noise alternates over seeds of the method.
    private static Verdict Judge(string claim, string metric, Func<string, double> mean, double noise, Func<int, double>? byLevel = null)
    {
        var results = new StudyResults();
        foreach (var arm in Arms())
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var shift = arm == HbpoArms.Method ? noise * (seed % 2 == 0 ? 1.01 : -1) : 0;
                results.Add(arm, seed, [.. Enumerable.Range(0, Problems).Select(i => new Measurement(metric, HbpoMetrics.Instance(1 + i % 6, i), Value(1 + i % 6)))]);

                double Value(int level) => byLevel is null || arm != HbpoArms.Method ? mean(arm) + shift : 0.5 + (mean(arm) - 0.5) * byLevel(level) + shift;
            }
        }
        return JudgedClaim.Of(Claims.All().Single(one => one.Id == claim), results, Scale.Laptop).Verdict;
    }

    private static string[] Arms() => [HbpoArms.Warm, HbpoArms.Classic, HbpoArms.Cosine, HbpoArms.Linear, HbpoArms.One, HbpoArms.Two, HbpoArms.Method, HbpoArms.NoIntra];
}
