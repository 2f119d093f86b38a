using Pilotage.Evaluation;
using Pilotage.Systems.Language.Comparison;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Comparison;

public sealed class ComparisonStudyTests
{
    [Theory]
    [InlineData("learns-grpo", "grpo", MiniLabMetrics.Pass1, 0.3, 0.005, Verdict.Reproduced)]
    [InlineData("learns-grpo", "grpo", MiniLabMetrics.Pass1, 0.1, 0.005, Verdict.NotReproduced)]
    [InlineData("learns-reinforce-pp", "reinforce++", MiniLabMetrics.Pass1, 0.21, 0.2, Verdict.Inconclusive)]
    [InlineData("narrows-ppo", "ppo", MiniLabMetrics.Pass64, 0.7, 0.005, Verdict.Reproduced)]
    [InlineData("narrows-ppo", "ppo", MiniLabMetrics.Pass64, 0.95, 0.005, Verdict.NotReproduced)]
    [InlineData("dr-grpo-as-grpo", "dr-grpo", MiniLabMetrics.Pass1, 0.26, 0.005, Verdict.Reproduced)]
    [InlineData("dr-grpo-as-grpo", "dr-grpo", MiniLabMetrics.Pass1, 0.35, 0.005, Verdict.NotReproduced)]
    public void Claims_BothSidesAndBetween_GetTheirVerdicts(string claim, string arm, string metric, double value, double noise, Verdict expected)
    {
        var results = new StudyResults();
        foreach (var name in BaselineLearners.Names.Values.Append(ComparisonStudy.WarmStart))
        {
            for (var seed = 0; seed < 8; seed++)
            {
                double At(string which) => name == arm && which == metric ? value + noise * (seed % 2 == 0 ? 1.01 : -1) : (name == ComparisonStudy.WarmStart ? which == MiniLabMetrics.Pass1 ? 0.2 : 0.9 : 0.25) + 1e-3 * Math.Sin(seed + name.Length);
                results.Add(name, seed, [.. Enumerable.Range(0, 12).SelectMany(problem => new[] { MiniLabMetrics.Pass1, MiniLabMetrics.Pass64 }.Select(each => new Measurement(each, MiniLabMetrics.Instance("countdown", problem), At(each) + 0.01 * Math.Cos(problem))))]);
            }
        }
        Assert.Equal(expected, JudgedClaim.Of(ComparisonStudy.All().Single(each => each.Id == claim), results, Scale.Laptop).Verdict);
    }

    [Fact]
    public void Smoke_Runs_EveryArmMeasuresEveryColumn()
    {
        using var folder = new TemporaryFolder();
        var study = ComparisonStudy.Create(new() { Lab = new() { WarmStartFolder = folder.Path } }, Scale.Smoke, null);
        var outcome = StudyRunner.Run(study, new() { Scale = Scale.Smoke }, TestContext.Current.CancellationToken);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.All(study.Arms, arm => Assert.Empty(study.Metrics.Select(metric => metric.Name).Except(outcome.Results.MetricsOf(arm.Name))));
        Assert.Equal(4, study.Plots(outcome).Count);
    }
}
