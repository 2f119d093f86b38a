using Pilotage.Evaluation;
using Pilotage.Systems.Control.Stac;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac.Study;

public sealed class StudyClaimsTests
{
    private const int Seeds = 8;
    private static readonly double[] Betas = [0, 0.25, 0.5];
    private static readonly IReadOnlyList<StudyTask> Tasks =
    [
        new("point_mass", "RiskyPointMass-v0", null!, null!, 1) { IsPointMass = true }, new("pendulum", "Pendulum-v1", null!, null!, 1), new("hopper", "Hopper-v4", null!, null!, 1),
    ];

    /// <summary>What an arm measures: by arm, task and seed.</summary>
    private sealed record Figures
    {
        public Func<string, string, double> Error { get; init; } = (_, _) => 1;

        public Func<string, string, double> Return { get; init; } = (arm, _) => arm == StudyArms.Random ? 0 : 100;

        public Func<string, double> Occupancy { get; init; } = _ => 0.3;

        public Func<string, double> Variance { get; init; } = _ => 10;

        public double Ratio { get; init; } = 0.5;

        public double Noise { get; init; } = 0.01;
    }

    private static Verdict Judge(string id, Figures figures)
    {
        var results = new StudyResults();
        foreach (var arm in new[] { StudyArms.Rule, StudyArms.Random, StudyArms.TwinSac }.Concat(Betas.Select(StudyArms.StacName)))
            for (var seed = 0; seed < Seeds; seed++)
            {
                // Differs by arm and seed, so that differences between arms are noisy too.
                var noise = figures.Noise * (seed % 2 == 0 == (arm is "stac-0.25" or "stac-0.5") ? 1 : -1) * (1 + 0.1 * seed);
                var measured = new List<Measurement> { new(StudyMetrics.Occupancy, "p", figures.Occupancy(arm) + noise), new(StudyMetrics.Variance, "p", figures.Variance(arm) * (1 + noise)) };
                foreach (var task in Tasks)
                {
                    measured.Add(new(StudyMetrics.ValueError(task), task.Key, figures.Error(arm, task.Key) + noise));
                    measured.Add(new(StudyMetrics.Return(task), task.Key, figures.Return(arm, task.Key) + noise));
                    measured.Add(new(StudyMetrics.Validation(task), task.Key, arm == "stac-0.25" ? 2 : 1));             // the one to be chosen
                }
                if (arm == StudyArms.TwinSac) measured.AddRange([new(StudyMetrics.StacSeconds, "0", figures.Ratio + noise), new(StudyMetrics.SacSeconds, "0", 1)]);
                results.Add(arm, seed, measured);
            }
        return JudgedClaim.Of(new StudyClaims(Tasks, Betas).All().Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
    }

    [Theory]
    [InlineData("1-pendulum", -0.5, 0.01, Verdict.Reproduced)]
    [InlineData("1-pendulum", 0.5, 0.01, Verdict.NotReproduced)]
    [InlineData("1-pendulum", -0.1, 3, Verdict.Inconclusive)]
    [InlineData("1-hopper", -0.5, 0.01, Verdict.Reproduced)]
    [InlineData("1-hopper", 0.5, 0.01, Verdict.NotReproduced)]
    [InlineData("1-hopper", -0.1, 3, Verdict.Inconclusive)]
    public void ValueError_GreatestBetaShifted_GetsTheVerdictOfTheShift(string id, double shift, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(id, new() { Noise = noise, Error = (arm, task) => 1 + (arm == "stac-0.5" && id.EndsWith(task, StringComparison.Ordinal) ? shift : 0) }));

    [Theory]
    [InlineData(0.1, 0.01, Verdict.Reproduced)]
    [InlineData(0.5, 0.01, Verdict.NotReproduced)]
    [InlineData(0.29, 0.2, Verdict.Inconclusive)]
    public void Disc_OccupancyAtGreatestBeta_GetsTheVerdictOfItsDifference(double occupancy, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("2-disc", new() { Noise = noise, Occupancy = arm => arm == "stac-0.5" ? occupancy : 0.3 }));

    [Theory]
    [InlineData(10, 0.01, Verdict.Reproduced)]                                            // as large is not larger
    [InlineData(14, 0.01, Verdict.NotReproduced)]
    [InlineData(11, 0.2, Verdict.Inconclusive)]
    public void Disc_VarianceAtGreatestBeta_GetsTheVerdictOfItsRatio(double variance, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("2-variance", new() { Noise = noise, Variance = arm => arm == "stac-0.5" ? variance : 10 }));

    [Theory]
    [InlineData(97, 0.1, Verdict.Reproduced)]                                             // 3 of a gain of 100
    [InlineData(90, 0.1, Verdict.NotReproduced)]
    [InlineData(95, 20, Verdict.Inconclusive)]
    public void Return_ChosenBeta_GetsTheVerdictOfItsLossInUnitsOfTheGain(double gain, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("3-pendulum", new() { Noise = noise, Return = (arm, _) => arm == StudyArms.Random ? 0 : arm == "stac-0.25" ? gain : arm == StudyArms.TwinSac ? 100 : 0 }));

    [Theory]
    [InlineData(1, -3, 0.01, Verdict.Reproduced)]                                         // one task will do
    [InlineData(-1, -3, 0.01, Verdict.NotReproduced)]
    [InlineData(0.1, -0.1, 2, Verdict.Inconclusive)]
    public void Power_WithoutPessimism_NeedsOverestimationOnOneTask(double pendulum, double hopper, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("4", new() { Noise = noise, Error = (arm, task) => arm != "stac-0" ? 9 : task == "pendulum" ? pendulum : hopper }));

    [Theory]
    [InlineData(0.6, 0.01, Verdict.Reproduced)]
    [InlineData(0.9, 0.01, Verdict.NotReproduced)]
    [InlineData(0.75, 0.2, Verdict.Inconclusive)]
    public void Time_Ratio_GetsTheVerdictOfItsMedian(double ratio, double noise, Verdict expected) => Assert.Equal(expected, Judge("5", new() { Noise = noise, Ratio = ratio }));

    [Fact]
    public void Claims_OfALaptopStudy_CanAllPassWithEightSeeds()
    {
        var claims = new StudyClaims(Tasks, Betas).All();
        Assert.All(claims.Where(claim => claim.SmallestP is not null), claim => Assert.True(claim.CanPass(claim.SmallestP!(Seeds))));
        Assert.Equal(["5"], claims.Where(claim => claim.IsTiming).Select(claim => claim.Id));
    }
}
