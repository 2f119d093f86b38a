using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.Rover;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class CountdownClaimsTests
{
    private const int Seeds = 8;

    private static Verdict Judge(string id, string arm, string metric, double level, double noise, Scale scale = Scale.Laptop)
    {
        var results = new StudyResults();
        foreach (var name in CountdownArms.Names)
            for (var seed = 0; seed < Seeds; seed++)
            {
                double Value(string measured) => measured == metric && name == arm ? level + noise * (seed % 2 == 0 ? 1 : -1.02) : 0.5;
                results.Add(name, seed,
                [
                    new(MiniLabMetrics.Entropy, "countdown", Value(MiniLabMetrics.Entropy)),
                    .. new[] { MiniLabMetrics.Pass1, MiniLabMetrics.Pass64, MiniLabMetrics.Distinct }.SelectMany(measured => Enumerable.Range(0, 20).Select(problem => new Measurement(measured, $"countdown/{problem:D6}", Value(measured) + 0.01 * (problem % 3 - 1)))),
                ]);
            }
        return JudgedClaim.Of(CountdownClaims.All().Single(claim => claim.Id == id), results, scale).Verdict;
    }

    [Theory]
    [InlineData("c-entropy", CountdownArms.Rover, MiniLabMetrics.Entropy, 0.55, 0.01, Verdict.Reproduced)]
    [InlineData("c-entropy", CountdownArms.Rover, MiniLabMetrics.Entropy, 0.45, 0.01, Verdict.NotReproduced)]
    [InlineData("c-entropy", CountdownArms.Rover, MiniLabMetrics.Entropy, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("c-pass-64", CountdownArms.Rover, MiniLabMetrics.Pass64, 0.55, 0.001, Verdict.Reproduced)]
    [InlineData("c-pass-64", CountdownArms.Rover, MiniLabMetrics.Pass64, 0.45, 0.001, Verdict.NotReproduced)]
    [InlineData("c-pass-64", CountdownArms.Rover, MiniLabMetrics.Pass64, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("c-distinct", CountdownArms.Rover, MiniLabMetrics.Distinct, 0.6, 0.001, Verdict.Reproduced)]
    [InlineData("c-distinct", CountdownArms.Rover, MiniLabMetrics.Distinct, 0.4, 0.001, Verdict.NotReproduced)]
    [InlineData("c-distinct", CountdownArms.Rover, MiniLabMetrics.Distinct, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("c-pass-1", CountdownArms.Rover, MiniLabMetrics.Pass1, 0.49, 0.001, Verdict.Reproduced)]
    [InlineData("c-pass-1", CountdownArms.Rover, MiniLabMetrics.Pass1, 0.45, 0.001, Verdict.NotReproduced)]
    [InlineData("c-pass-1", CountdownArms.Rover, MiniLabMetrics.Pass1, 0.47, 0.1, Verdict.Inconclusive)]
    [InlineData("c-pass-1", CountdownArms.GrpoKl, MiniLabMetrics.Pass1, 0.55, 0.001, Verdict.NotReproduced)]      // one form of GRPO that is better is enough
    [InlineData("c-beta", CountdownArms.NoSuccessor, MiniLabMetrics.Entropy, 0.45, 0.01, Verdict.Reproduced)]
    [InlineData("c-beta", CountdownArms.NoSuccessor, MiniLabMetrics.Entropy, 0.55, 0.01, Verdict.NotReproduced)]
    [InlineData("c-beta", CountdownArms.NoSuccessor, MiniLabMetrics.Entropy, 0.5, 0.1, Verdict.Inconclusive)]
    [InlineData("c-many-distinct", CountdownArms.RoverMany, MiniLabMetrics.Distinct, 0.6, 0.001, Verdict.Reproduced)]
    [InlineData("c-many-distinct", CountdownArms.RoverMany, MiniLabMetrics.Distinct, 0.4, 0.001, Verdict.NotReproduced)]
    [InlineData("c-many-distinct", CountdownArms.RoverMany, MiniLabMetrics.Distinct, 0.5, 0.1, Verdict.Inconclusive)]
    public void Claims_ArmShifted_GetTheVerdictOfTheShift(string id, string arm, string metric, double level, double noise, Verdict expected)
    {
        Assert.Equal(expected, Judge(id, arm, metric, level, noise));
        Assert.Equal(Verdict.NotEvaluated, Judge(id, arm, metric, level, noise, Scale.Smoke));
    }

    [Fact]
    public void SmokeRun_Countdown_MeasuresEveryArm()
    {
        using var folder = new TemporaryFolder();
        var study = RoverStudy.Create(new() { Parts = [StudyPart.Countdown], Lab = new() { WarmStartFolder = folder.Path, Batch = new() { Minibatches = 2 } } }, Scale.Smoke, null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms) Assert.Equal(6, outcome.Results.Values(arm.Name, 0, MiniLabMetrics.Pass1).Count);
        Assert.NotEmpty(outcome.Results.Values(CountdownArms.Rover, 0, RoverMetrics.SuccessorValue));
        Assert.Empty(outcome.Results.Values(CountdownArms.Grpo, 0, RoverMetrics.SuccessorValue));
        Assert.Equal(["countdown-entropy", "countdown-solved", "countdown-pass", "countdown-quality-diversity"], study.Plots(outcome).Select(plot => plot.Name));
    }
}
