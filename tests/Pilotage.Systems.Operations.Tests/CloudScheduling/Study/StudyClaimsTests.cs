using Pilotage.Evaluation;
using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Study;

/// <summary>Every claim is fed arms on both sides of its region and in the middle.</summary>
public class StudyClaimsTests
{
    private static readonly CloudSchedulingStudy Whole = CloudSchedulingStudy.Create(new(), Scale.Laptop, null, null);
    private static readonly double[] Noise = [-0.9, 0.3, 0.7, -0.2, 1, -0.6, 0.1, -0.4];

    // Seeds differ alike for all arms and by a little of their own, whose mean is nothing.
    private static StudyResults Results(params (string Arm, string Metric, double Value)[] values)
    {
        var results = new StudyResults();
        foreach (var (place, arm) in values.GroupBy(value => value.Arm).Index())
            for (var seed = 0; seed < 8; seed++)
                results.Add(arm.Key, seed, [.. arm.Select((value, i) => new Measurement(value.Metric, "x/1", value.Value * (1 + 0.05 * Noise[seed]) * (1 + 0.004 * Noise[(seed + 3 * i + place) % 8])))]);
        return results;
    }

    private static Verdict Judge(string id, StudyResults results)
    {
        var claim = Whole.Claims.Single(claim => claim.Id == id);
        return claim.Judge(claim.Measure(results), Scale.Laptop);
    }

    [Theory]
    [InlineData(80, Verdict.Reproduced), InlineData(100, Verdict.Inconclusive), InlineData(120, Verdict.NotReproduced)]
    public void A_TheLearnerThatValidationChose_AgainstTheLeastOfThree(double jct, Verdict verdict) => Assert.Equal(verdict, Judge("a", Results(
        ("ppo", AssignmentPart.Jct, jct), ("ppo", AssignmentPart.Validation, 50), ("dqn", AssignmentPart.Jct, 1), ("dqn", AssignmentPart.Validation, 51),
        ("random", AssignmentPart.Jct, 300), ("round-robin", AssignmentPart.Jct, 200), ("least-loaded", AssignmentPart.Jct, 100))));

    [Theory]
    [InlineData(101, Verdict.Reproduced), InlineData(105, Verdict.Inconclusive), InlineData(110, Verdict.NotReproduced)]
    public void ABestRule_RatioToTheRuleThatValidationChose(double jct, Verdict verdict) => Assert.Equal(verdict, Judge("a-best-rule", Results(
        ("ppo", AssignmentPart.Jct, jct), ("ppo", AssignmentPart.Validation, 50), ("sjf", AssignmentPart.Jct, 100), ("sjf", AssignmentPart.Validation, 40), ("fifo", AssignmentPart.Jct, 1), ("fifo", AssignmentPart.Validation, 60))));

    [Theory]
    [InlineData(95, Verdict.Reproduced), InlineData(100, Verdict.Inconclusive), InlineData(105, Verdict.NotReproduced)]
    public void AEnergy_FrugalAgainstPlain(double energy, Verdict verdict) => Assert.Equal(verdict, Judge("a-energy", Results((AssignmentPart.Frugal, AssignmentPart.Energy, energy), ("ppo", AssignmentPart.Energy, 100))));

    [Theory]
    [InlineData(101, Verdict.Reproduced), InlineData(105, Verdict.Inconclusive), InlineData(110, Verdict.NotReproduced)]
    public void ELoad_TrainedAtLittleLoad(double jct, Verdict verdict) => Assert.Equal(verdict, Judge("e-load", Results((AssignmentPart.Light, AssignmentPart.Jct, jct), ("ppo", AssignmentPart.Jct, 100))));

    [Theory]
    [InlineData("b-sjf", "sjf"), InlineData("b-tetris", "tetris")]
    public void B_BetterLearnerAgainstEach(string id, string rival)
    {
        foreach (var (value, verdict) in new[] { (1.9, Verdict.Reproduced), (2.0, Verdict.Inconclusive), (2.1, Verdict.NotReproduced) })
            Assert.Equal(verdict, Judge(id, Results(("reinforce", PackingPart.Slowdown, value), ("reinforce", PackingPart.Validation, 1), ("ppo", PackingPart.Slowdown, 9), ("ppo", PackingPart.Validation, 2), (rival, PackingPart.Slowdown, 2))));
    }

    [Theory]
    [InlineData(90, Verdict.Reproduced), InlineData(100, Verdict.Inconclusive), InlineData(110, Verdict.NotReproduced)]
    public void C_BelowBothFifoAndFair(double jct, Verdict verdict) => Assert.Equal(verdict, Judge("c", Results((DagPart.Graph, DagPart.Jct, jct), ("fifo", DagPart.Jct, 100), ("fair", DagPart.Jct, 150))));

    [Theory]
    [InlineData("c-fair-tuned", DagPart.Tuned, DagPart.Jct), InlineData("c-sjf", "sjf", DagPart.Jct), InlineData("e-jobs", "fair", DagPart.Twice), InlineData("e-arrivals", "fair", DagPart.Poisson)]
    public void C_AgainstOneRule(string id, string rival, string metric)
    {
        foreach (var (value, verdict) in new[] { (90.0, Verdict.Reproduced), (100, Verdict.Inconclusive), (110, Verdict.NotReproduced) })
            Assert.Equal(verdict, Judge(id, Results((DagPart.Graph, metric, value), (rival, metric, 100))));
    }

    [Theory]
    [InlineData(90, Verdict.Reproduced), InlineData(100, Verdict.Inconclusive), InlineData(110, Verdict.NotReproduced)]
    public void CArrivals_TheNetworkOfBothKindsAgainstFair(double jct, Verdict verdict) => Assert.Equal(verdict, Judge("c-arrivals", Results(
        (DagPart.Mixed, DagPart.Poisson, jct), (DagPart.Graph, DagPart.Poisson, 1), ("fair", DagPart.Poisson, 100))));

    [Theory]
    [InlineData(5, 105, Verdict.Reproduced, Verdict.Reproduced), InlineData(10, 110, Verdict.Inconclusive, Verdict.Inconclusive), InlineData(15, 120, Verdict.NotReproduced, Verdict.NotReproduced)]
    public void D_ViolationAndEnergy(double violation, double energy, Verdict first, Verdict second)
    {
        var results = Results((ConsolidationPart.Hosts, ConsolidationPart.EnergyViolation, violation), (ConsolidationPart.Hosts, ConsolidationPart.Energy, energy), (ConsolidationPart.Static, ConsolidationPart.EnergyViolation, 10), (ConsolidationPart.Static, ConsolidationPart.Energy, 100));
        Assert.Equal((first, second), (Judge("d", results), Judge("d-energy", results)));
    }

    [Theory]
    [InlineData(5, Verdict.Reproduced), InlineData(10, Verdict.Inconclusive), InlineData(15, Verdict.NotReproduced)]
    public void DOverload_BelowTheRules(double overload, Verdict verdict) => Assert.Equal(verdict, Judge("d-overload", Results((ConsolidationPart.Hosts, ConsolidationPart.Overload, overload), (ConsolidationPart.Static, ConsolidationPart.Overload, 10))));

    [Fact]
    public void EveryClaim_IsTestedHere() => Assert.Equal(
        ["a", "a-best-rule", "a-energy", "e-load", "b-sjf", "b-tetris", "c", "c-fair-tuned", "c-sjf", "e-jobs", "e-arrivals", "c-arrivals", "d", "d-energy", "d-overload"], Whole.Claims.Select(claim => claim.Id));
}
