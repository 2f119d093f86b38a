using Pilotage.Evaluation;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Study.Jobs;

public class JobClaimsTests
{
    private const int Seeds = 10, Jobs = 4;

    // Learners by their level on a metric, with noise of their seeds; PPO is the one that validation chooses, cheapest-first the rule.
    private static Verdict Judge(string claim, string metric, double level, double noise, Func<string, int, double>? returns = null)
    {
        var results = new StudyResults();
        foreach (var arm in JobArms.SpotRules.Concat(JobArms.Learners).Concat(["jobs-on-demand", JobArms.OnDemand, "jobs-heft-tuned", "jobs-slack", JobArms.Bound]))
        {
            var learns = JobArms.Learners.Contains(arm);
            for (var seed = 0; seed < (learns ? Seeds : 1); seed++)
            {
                double Value(string of) => of == metric && arm == JobArms.Ppo ? level + noise * (seed % 2 == 0 ? 1.01 : -1)
                    : of == JobMetrics.Return ? returns?.Invoke(arm, seed) ?? (arm == JobArms.Bound ? 0 : -1) : of == JobMetrics.Cost ? 1 : 0.2;
                results.Add(arm, seed,
                [
                    .. Enumerable.Range(0, Jobs).SelectMany(job => new[] { JobMetrics.Return, JobMetrics.Cost, JobMetrics.Missed }.Select(m => new Measurement(m, JobWorld.PathOf(job), Value(m)))),
                    JobMetrics.Validation(arm is JobArms.Ppo or "jobs-cheapest-first-tuned" ? -0.5 : -0.9),
                ]);
            }
        }
        return JudgedClaim.Of(JobClaims.All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    [Theory]
    [InlineData("g-cost", JobMetrics.Cost, 0.5, 0.1, Verdict.Reproduced)]
    [InlineData("g-cost", JobMetrics.Cost, 1.5, 0.1, Verdict.NotReproduced)]
    [InlineData("g-cost", JobMetrics.Cost, 1, 0.4, Verdict.Inconclusive)]
    [InlineData("g-deadlines", JobMetrics.Missed, 0.2, 0.01, Verdict.Reproduced)]
    [InlineData("g-deadlines", JobMetrics.Missed, 0.4, 0.01, Verdict.NotReproduced)]
    [InlineData("g-deadlines", JobMetrics.Missed, 0.25, 0.2, Verdict.Inconclusive)]
    [InlineData("g-rules", JobMetrics.Return, -0.5, 0.1, Verdict.Reproduced)]
    [InlineData("g-rules", JobMetrics.Return, -1.5, 0.1, Verdict.NotReproduced)]
    [InlineData("g-rules", JobMetrics.Return, -1, 0.4, Verdict.Inconclusive)]
    public void Claims_LearnerShifted_GetTheVerdictOfTheShift(string claim, string metric, double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(claim, metric, level, noise));

    [Fact]
    public void Rival_ChosenByValidation_IsNotReplacedByABetterOneOnTestJobs() =>
        Assert.Equal(Verdict.Reproduced, Judge("g-rules", "none", 0, 0, (arm, _) => arm switch { JobArms.Bound => 0, "jobs-spot-tuned" => -0.1, JobArms.Ppo => -0.5, _ => -1 }));

    [Fact]
    public void Bound_OnePolicyAboveItOnce_Fails()
    {
        Assert.Equal(Verdict.Reproduced, Judge("g-bound", "none", 0, 0));
        Assert.Equal(Verdict.NotReproduced, Judge("g-bound", "none", 0, 0, (arm, seed) => arm == JobArms.Dqn && seed == 7 ? 0.01 : arm == JobArms.Bound ? 0 : -1));
    }
}
