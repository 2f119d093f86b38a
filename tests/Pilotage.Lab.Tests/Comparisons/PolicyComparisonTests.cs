using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Comparisons;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Lab.Tests.Comparisons;

public sealed class PolicyComparisonTests
{
    private static readonly EnvironmentEntry CartPole = EnvironmentCatalog.Find("CartPole-v1");

    [Fact]
    public void Run_TheSamePolicyTwice_DiffersByExactlyNothing()
    {
        var comparison = Run(new PolicyComparison(CartPole, [Row("a", new RandomPolicy()), Row("b", new RandomPolicy()), Rule()], 30, seed: 1)).Comparisons[0];

        Assert.Equal((0.0, 0.0, 0.0, 0.5), (comparison.Difference, comparison.Low, comparison.High, comparison.ProbabilityOfImprovement));
        Assert.True(comparison.Paired);
        Assert.Equal(30, comparison.Units);
    }

    [Fact]
    public void Run_ABetterPolicy_IsBetterThanTheFirstOneInEveryEpisode()
    {
        var report = Run(new PolicyComparison(CartPole, [Row("floor", new RandomPolicy()), Rule()], 30, seed: 1));

        var comparison = Assert.Single(report.Comparisons);
        Assert.Equal(("heuristic", "floor", 1.0), (comparison.A, comparison.B, comparison.ProbabilityOfImprovement));
        Assert.Equal(500 - report.Arms[0].Metrics["return"].Mean, comparison.Difference, 1e-9);
        Assert.Equal("better", ReportTable.Word(report, comparison));
    }

    // An episode's beginning depends on its number alone: not on how many there are, nor on how long another one took.
    [Fact]
    public void Run_MoreEpisodes_BeginsTheFirstOnesAlike()
    {
        var seen = new[] { 3, 10 }.Select(episodes =>
        {
            var first = new List<float>();
            var watcher = new RulePolicy((observation, _) => { if (first.Count < 3 * 4) first.AddRange(observation.ToArray()); return 0; });
            Run(new PolicyComparison(CartPole, [Row("watcher", watcher), Rule()], episodes, seed: 1));
            return first;
        }).ToList();

        Assert.Equal(seen[0], seen[1]);
    }

    // A row that played a second episode would begin it where the policy's first one left the row's random numbers: the pairs would no longer be pairs.
    [Fact]
    public void Run_ManyEpisodes_PlaysEachInARowOfItsOwn()
    {
        var counter = new RowCounter();
        Run(new PolicyComparison(CartPole, [Row("counter", counter), Rule()], 40, seed: 1));

        Assert.Equal(40, counter.Rows);
    }

    [Fact]
    public void Run_SeveralTrainingSeeds_AreTheUnits()
    {
        // Seeds 0 to 7 of a method: they push to the right with a growing share, so that they earn differently.
        var method = new PolicyGroup("method", [.. Enumerable.Range(0, 8).Select(seed => Named($"s{seed}", Pushing(seed)))]);

        var study = new PolicyComparison(CartPole, [Rule(), method], 12, seed: 1);
        var comparison = Run(study).Comparisons[0];

        Assert.Equal(8, comparison.Units);
        Assert.Contains("8 seeds", comparison.Test, StringComparison.Ordinal);
        Assert.Contains("8 training seeds", study.Scope, StringComparison.Ordinal);
    }

    [Fact]
    public void Construction_RowsThatCannotBeCompared_AreRefused()
    {
        Assert.Contains("PIL0614", Assert.Throws<UserMistakeException>(() => new PolicyComparison(CartPole, [Rule(), Rule()], 5, 0)).Message, StringComparison.Ordinal);
        PolicyGroup[] uneven = [Rule(), new("a", [Named("1", new RandomPolicy()), Named("2", new RandomPolicy())]), new("b", [Named("1", new RandomPolicy()), Named("2", new RandomPolicy()), Named("3", new RandomPolicy())])];
        Assert.Contains("PIL0615", Assert.Throws<UserMistakeException>(() => new PolicyComparison(CartPole, uneven, 5, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_PoliciesWithCurves_ShowsThemWithABandOverSeeds()
    {
        var curves = new[] { new LearningCurve([(0, 0), (10, 10)]), new LearningCurve([(0, 2), (10, 12)]) };
        var study = new PolicyComparison(CartPole, [Rule(), new("ppo", [.. curves.Select(curve => Named("p", new RandomPolicy()) with { Curve = curve })])], 2, 0);

        var plot = Assert.Single(Run(study).Plots);

        Assert.Equal("learning-curves", plot.Name);
        Assert.NotEmpty(Assert.Single(((Evaluation.Reports.Plots.LinePlot)plot).Series).Low);
    }

    private static StudyReport Run(PolicyComparison comparison) => comparison.Run(2, progress: null, TestContext.Current.CancellationToken);

    private static PolicyGroup Rule() => Row("heuristic", CartPole.CreateHeuristic()) with { Policies = [new("heuristic", CartPole.CreateHeuristic(), null, null, new([]))] };

    private static PolicyGroup Row(string name, IPolicy policy) => new(name, [Named(name, policy)]);

    private static NamedPolicy Named(string name, IPolicy policy) => new(name, policy, CartPole.Spec, new(), new([]));

    private static RulePolicy Pushing(int seed) => new((observation, _) => observation[2] * (1 + seed) + observation[3] > 0.02f * seed ? 1 : 0);

    private sealed class RowCounter : IPolicy
    {
        public int Rows { get; private set; }

        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            Rows = frames.Rows;
            actions.Indices.Clear();
        }
    }
}
