using Pilotage.Evaluation;
using Pilotage.Systems.Governance.Ofs;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.Ofs.Study;

public sealed class StudyClaimsTests
{
    private const int Seeds = 30;
    private static readonly IReadOnlyList<Applicants> Problems = [Applicants.Uniform(), Applicants.LogitNormal()];

    private static Verdict Judge(string claim, string arm, string metric, double value, double noise)
    {
        var results = new StudyResults();
        foreach (var name in RuleKind.All(new()).Select(kind => kind.Name).Append(StudyArms.BreakEven).Append(StudyArms.Oracle))
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                double At(string which) => (name == arm && which == metric ? value + noise * (seed % 2 == 0 ? 1.01 : -1) : Plain(name, which)) + 1e-6 * Math.Sin(seed + name.Length);
                results.Add(name, seed, [.. Problems.SelectMany(problem => new[] { StudyMetrics.FeasibleReward, StudyMetrics.SteadyReward, StudyMetrics.Violation, StudyMetrics.SteadyFeasible }.Select(m => new Measurement(m, problem.Name, At(m))))]);
            }
        }
        return JudgedClaim.Of(new StudyClaims(Problems).All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    // As the abstract has it: the search earns 0.1 and violates 10; UCB earns 0.2 and violates 100.
    private static double Plain(string arm, string metric) => metric switch
    {
        StudyMetrics.Violation => arm is RuleKind.Search ? 10 : 100,
        StudyMetrics.SteadyFeasible => 0.99,
        StudyMetrics.SteadyReward => arm is RuleKind.Search or StudyArms.Oracle ? 0.1 : arm == RuleKind.Ucb ? 0.2 : 0.05,
        _ => arm is RuleKind.Search or StudyArms.Oracle ? 0.1 : 0.05,
    };

    [Theory]
    [InlineData("a-ucb-uniform", RuleKind.Ucb, StudyMetrics.Violation, 100, 1, Verdict.Reproduced)]
    [InlineData("a-ucb-uniform", RuleKind.Ucb, StudyMetrics.Violation, 5, 1, Verdict.NotReproduced)]
    [InlineData("a-ucb-uniform", RuleKind.Ucb, StudyMetrics.Violation, 11, 20, Verdict.Inconclusive)]
    [InlineData("a-dual-uniform", RuleKind.Dual, StudyMetrics.Violation, 100, 1, Verdict.Reproduced)]
    [InlineData("a-dual-uniform", RuleKind.Dual, StudyMetrics.Violation, 5, 1, Verdict.NotReproduced)]
    [InlineData("a-dual-uniform", RuleKind.Dual, StudyMetrics.Violation, 11, 20, Verdict.Inconclusive)]
    [InlineData("b-uniform", RuleKind.Greedy, StudyMetrics.FeasibleReward, 0.09, 0.001, Verdict.Reproduced)]
    [InlineData("b-uniform", RuleKind.Greedy, StudyMetrics.FeasibleReward, 0.11, 0.001, Verdict.NotReproduced)]
    [InlineData("b-uniform", RuleKind.Greedy, StudyMetrics.FeasibleReward, 0.1, 0.02, Verdict.Inconclusive)]
    [InlineData("b-price-uniform", RuleKind.Ucb, StudyMetrics.Violation, 100, 1, Verdict.Reproduced)]
    [InlineData("b-price-uniform", RuleKind.Ucb, StudyMetrics.Violation, 5, 1, Verdict.NotReproduced)]
    [InlineData("b-price-uniform", RuleKind.Ucb, StudyMetrics.Violation, 11, 20, Verdict.Inconclusive)]
    [InlineData("b-price-uniform", RuleKind.Ucb, StudyMetrics.SteadyReward, 0.01, 0, Verdict.NotEvaluated)]
    [InlineData("c-uniform", StudyArms.Oracle, StudyMetrics.SteadyReward, 0.101, 0.0001, Verdict.Reproduced)]
    [InlineData("c-uniform", StudyArms.Oracle, StudyMetrics.SteadyReward, 0.11, 0.0001, Verdict.NotReproduced)]
    [InlineData("c-uniform", StudyArms.Oracle, StudyMetrics.SteadyReward, 0.103, 0.01, Verdict.Inconclusive)]
    [InlineData("d-uniform", RuleKind.Search, StudyMetrics.SteadyFeasible, 0.99, 0.001, Verdict.Reproduced)]
    [InlineData("d-uniform", RuleKind.Search, StudyMetrics.SteadyFeasible, 0.9, 0.001, Verdict.NotReproduced)]
    [InlineData("d-uniform", RuleKind.Search, StudyMetrics.SteadyFeasible, 0.95, 0.04, Verdict.Inconclusive)]
    [InlineData("e-uniform", RuleKind.Ucb, StudyMetrics.SteadyReward, 0.05, 0.001, Verdict.Reproduced)]
    [InlineData("e-uniform", RuleKind.Ucb, StudyMetrics.SteadyReward, 0.2, 0.001, Verdict.NotReproduced)]
    [InlineData("e-uniform", RuleKind.Ucb, StudyMetrics.SteadyReward, 0.1, 0.05, Verdict.Inconclusive)]
    public void Claims_BothSidesAndBetween_GetTheirVerdicts(string claim, string arm, string metric, double value, double noise, Verdict expected) => Assert.Equal(expected, Judge(claim, arm, metric, value, noise));

    [Fact]
    public void Smoke_Runs_JudgesEveryClaimAndDrawsEveryFigure()
    {
        var study = OfsStudy.Create(new() { Thresholds = 11, Rounds = 300, BatchSize = 50 }, Scale.Smoke, 2, null);
        var outcome = StudyRunner.Run(study, new() { Scale = Scale.Smoke }, TestContext.Current.CancellationToken);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["tradeoff-uniform", "tradeoff-logit-normal", "violation-uniform", "thresholds-uniform"], study.Plots(outcome).Select(plot => plot.Name));
    }

    [Fact]
    public void RealData_WhereItIs_HasThePublishedCounts()
    {
        var folder = RealData.Folder;
        Assert.SkipWhen(folder is null, "German Credit and COMPAS are not on this machine.");
        var german = GermanCredit.Read(Path.Combine(folder!, GermanCredit.FileName));
        Assert.Equal((1000, 700, 810), (german.Rows.Count, german.Goods.Count(good => good), german.IsA.Count(isA => isA)));
        Assert.Equal(0.7284, Enumerable.Range(0, 1000).Where(i => german.IsA[i]).Average(i => german.Goods[i] ? 1.0 : 0), 1e-4);
        var (compas, filtered) = Compas.Read(Path.Combine(folder!, Compas.FileName));
        Assert.Equal(6172, filtered);
        Assert.Equal((2103, 3175), (compas.IsA.Count(isA => isA), compas.IsA.Count(isA => !isA)));
        Assert.Equal(0.5231, Enumerable.Range(0, compas.Rows.Count).Where(i => !compas.IsA[i]).Average(i => compas.Goods[i] ? 0.0 : 1), 1e-4);
        var people = german.Applicants("german", SeedTree.Root(1));
        Assert.Equal(500, ((SampledGroup)people.A).Count + ((SampledGroup)people.B).Count);
        Assert.Equal(0.81, people.ShareOfA, 1e-9);
        // Scores tell good from bad in the half that was not fitted: those above one half are good more often than those below.
        var (above, all) = (people.A.At(0.7), people.A.At(0));
        Assert.True(above.Good / above.Accepted > (all.Good - above.Good) / (all.Accepted - above.Accepted) + 0.1);
    }
}
