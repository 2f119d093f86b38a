using Pilotage.Evaluation;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Study;

public class StudyClaimsTests
{
    private const int Seeds = 10;
    private static readonly IReadOnlyList<StudyCell> Cells =
    [
        .. from trace in StudyTrace.GenerateAll(SeedTree.Root(1), 100).Select(trace => trace.Shortened(3, 2))
           from delay in new[] { 1, 3, 10 }
           select new StudyCell(trace, new(), delay),
    ];

    private static readonly IReadOnlyList<StudyCell> Heavy = StudyCells.Heavy(Cells, 20);

    private static readonly IReadOnlyList<string> Arms = [.. new StudyArms(Cells, new()).All().Select(arm => arm.Name)];

    private static Verdict Judge(string claim, Func<string, StudyCell, int, double>? returns = null, Func<string, int, double>? early = null, Func<string, int, double>? days = null, Func<string, int, double>? training = null)
    {
        var results = new StudyResults();
        foreach (var arm in Arms)
        {
            var isRule = !StudyArms.Learners.Contains(arm) && arm is not (StudyArms.ColdBlind or StudyArms.PpoBlind);
            for (var seed = 0; seed < (isRule ? 1 : Seeds); seed++)
            {
                var measured = new List<Measurement>();
                foreach (var cell in Cells.Concat(Heavy))
                {
                    var value = (returns ?? Plain)(arm, cell, seed);
                    measured.AddRange(cell.Trace.Days.Test.Select(day => new Measurement(cell.IsHeavy ? StudyMetrics.HeavyReturn : StudyMetrics.Return, cell.DayPath(day), value)));
                    if (isRule) continue;
                    measured.Add(new(cell.IsHeavy ? StudyMetrics.HeavyValidationReturn : StudyMetrics.ValidationReturn, cell.Path, arm == StudyArms.Ppo ? -1 : -2));       // PPO is the one to be chosen
                    if (cell.IsHeavy) continue;
                    measured.Add(new(StudyMetrics.TrainingViolations, cell.Path, training?.Invoke(arm, seed) ?? 0.3));
                    measured.Add(new(StudyMetrics.EarlyViolations, cell.Path, early?.Invoke(arm, seed) ?? 100));
                    if (cell.Delay == 3) measured.Add(new(StudyMetrics.DaysToFinal, cell.Path, days?.Invoke(arm, seed) ?? 10));
                }
                results.Add(arm, seed, measured);
            }
        }
        return JudgedClaim.Of(new StudyClaims(Cells, Heavy, Arms).All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    private static double Plain(string arm, StudyCell cell, int seed) => arm == StudyArms.Oracle ? 0 : -2;

    // The chosen learner is better by a shift, with noise of its seeds; everything else stays.
    private static Func<string, StudyCell, int, double> Shifted(double shift, double noise, Func<StudyCell, bool>? where = null) => (arm, cell, seed) =>
        arm == StudyArms.Ppo && (where?.Invoke(cell) ?? true) ? -2 + shift + noise * (seed % 2 == 0 ? 1.01 : -1) : Plain(arm, cell, seed);

    [Theory]
    [InlineData("a-generated-daily", 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("a-generated-daily", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("a-generated-daily", 0.01, 0.5, Verdict.Inconclusive)]
    [InlineData("a", 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("a", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("a", 0.01, 0.5, Verdict.Inconclusive)]
    [InlineData("b-generated-daily", 0, 0.02, Verdict.Reproduced)]
    [InlineData("b-generated-daily", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("b-generated-daily", -0.05, 0.2, Verdict.Inconclusive)]
    [InlineData("a-heavy", 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("a-heavy", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("a-heavy", 0.01, 0.5, Verdict.Inconclusive)]
    [InlineData("b-heavy-generated-daily", 0, 0.02, Verdict.Reproduced)]
    [InlineData("b-heavy-generated-daily", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("b-heavy-generated-daily", -0.05, 0.2, Verdict.Inconclusive)]
    [InlineData("b-periodic", 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("b-periodic", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("b-periodic", 0.01, 0.5, Verdict.Inconclusive)]
    [InlineData("d-ppo", 0.3, 0.05, Verdict.Reproduced)]
    [InlineData("d-ppo", -0.3, 0.05, Verdict.NotReproduced)]
    [InlineData("d-ppo", 0.01, 0.5, Verdict.Inconclusive)]
    public void RewardClaims_LearnerShifted_GetTheVerdictOfTheShift(string claim, double shift, double noise, Verdict expected) => Assert.Equal(expected, Judge(claim, Shifted(shift, noise)));

    [Fact]
    public void ClaimA_OneTraceOnly_IsNotReproduced() =>
        Assert.Equal(Verdict.NotReproduced, Judge("a", (arm, cell, seed) => Shifted(cell.Trace.Name == "generated-daily" ? 0.3 : -0.3, 0.05)(arm, cell, seed)));

    [Fact]
    public void ClaimA_BetterThanTheThresholdButNotThanTheMeanFleet_IsNotReproduced() =>
        Assert.Equal(Verdict.NotReproduced, Judge("a", (arm, cell, seed) => arm == StudyArms.StaticMean ? -1 : Shifted(0.3, 0.05)(arm, cell, seed)));

    [Fact]
    public void ClaimBPeriodic_BetterOnTheBurstyTraceOrAtShortDelays_DoesNotCount() =>
        Assert.NotEqual(Verdict.Reproduced, Judge("b-periodic", Shifted(0.3, 0.05, cell => cell.Delay < 10 || cell.Trace.Name == "generated-bursty")));

    [Fact]
    public void ClaimC_AnyPolicyAboveTheBoundOnOneDay_Fails()
    {
        Assert.Equal(Verdict.Reproduced, Judge("c"));
        Assert.Equal(Verdict.NotReproduced, Judge("c", (arm, cell, seed) => arm == "sarsa" && seed == 7 && cell.Delay == 10 ? 0.001 : Plain(arm, cell, seed)));
    }

    [Theory, InlineData(-0.3, 0.05, Verdict.Reproduced), InlineData(0.3, 0.05, Verdict.NotReproduced), InlineData(-0.01, 0.5, Verdict.Inconclusive)]
    public void ClaimDQ_BlindQLearningShifted_GetsTheVerdictOfTheShift(double shift, double noise, Verdict expected) => Assert.Equal(
        expected, Judge("d-q", (arm, cell, seed) => arm == StudyArms.ColdBlind && cell.Delay == 10 ? -2 + shift + noise * (seed % 2 == 0 ? 1.01 : -1) : Plain(arm, cell, seed)));

    [Theory, InlineData(60, 5, Verdict.Reproduced), InlineData(140, 5, Verdict.NotReproduced), InlineData(100, 30, Verdict.Inconclusive)]
    public void ClaimE_WarmViolations_GetTheVerdictOfTheirLevel(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("e", early: (arm, seed) => arm == StudyArms.Warm ? level + noise * (seed % 2 == 0 ? 1 : -1) : 100));

    [Theory, InlineData(3, 1, Verdict.Reproduced), InlineData(40, 5, Verdict.NotReproduced), InlineData(10, 5, Verdict.Inconclusive)]
    public void ClaimF_DynaDays_GetTheVerdictOfTheirRatio(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("f", days: (arm, seed) => arm == StudyArms.Dyna ? level + noise * (seed % 2 == 0 ? 1 : -1) : 10));

    [Theory, InlineData(3, 1, Verdict.Reproduced), InlineData(40, 5, Verdict.NotReproduced), InlineData(10, 5, Verdict.Inconclusive)]
    public void ClaimParallel_Days_GetTheVerdictOfTheirRatio(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("parallel", days: (arm, seed) => arm == StudyArms.Parallel ? level + noise * (seed % 2 == 0 ? 1 : -1) : 10));

    [Theory, InlineData(0.1, 0.02, Verdict.Reproduced), InlineData(0.5, 0.02, Verdict.NotReproduced), InlineData(0.3, 0.1, Verdict.Inconclusive)]
    public void ClaimShield_TrainingViolations_GetTheVerdictOfTheirLevel(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("shield", training: (arm, seed) => arm == StudyArms.Shielded ? level + noise * (seed % 2 == 0 ? 1 : -1) : 0.3));

    [Fact]
    public void HeavyClaims_OtherCells_DoNotCount()
    {
        Assert.NotEqual(Verdict.Reproduced, Judge("a-heavy", Shifted(0.3, 0.05, cell => !cell.IsHeavy)));
        Assert.NotEqual(Verdict.Reproduced, Judge("a", Shifted(0.3, 0.05, cell => cell.IsHeavy)));
        Assert.Equal(Verdict.NotReproduced, Judge("c", (arm, cell, seed) => arm == "sarsa" && seed == 7 && cell.IsHeavy ? 0.001 : Plain(arm, cell, seed)));
    }

    [Fact]
    public void Learner_ChosenByValidation_IsNotReplacedByABetterOneOnTestDays() =>
        Assert.Equal(Verdict.NotReproduced, Judge("a", (arm, cell, seed) => arm == "sarsa" ? -0.5 : Shifted(-0.3, 0.05)(arm, cell, seed)));

    [Fact]
    public void DaysToFinal_Curves_CountTheFirstOfThreePointsThatStay()
    {
        Assert.Equal(3, LearningCurve.DaysToFinal([(1, -3), (2, -2.5), (3, -1.04), (4, -1.0), (5, -1.03), (6, -1)]));
        Assert.Equal(4, LearningCurve.DaysToFinal([(1, -1), (2, -9), (3, -9), (4, -1.0), (5, -1.03), (6, -1)]));
        Assert.Equal(2, LearningCurve.DaysToFinal([(1, -3), (2, -1)]));
        // Ten points: the end is the mean of the last two, -1.5, so -1.57 is near it and -1.6 is not.
        Assert.Equal(4, LearningCurve.DaysToFinal([(1, -3), (2, -3), (3, -1.6), (4, -1.57), (5, -1), (6, -1), (7, -1), (8, -1), (9, -1), (10, -2)]));
    }
}
