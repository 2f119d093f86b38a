using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Planners that choose by the value of random choices, on random trees.</summary>
/// <param name="config">Settings.</param>
internal sealed class ExactArms(RoverConfig config)
{
    public const string Greedy = "exact-greedy";

    /// <summary>Name of the softmax planner at a temperature.</summary>
    public static string Softmax(double temperature) => FormattableString.Invariant($"exact-softmax-{temperature}");

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        new(Greedy, ArmKind.Method, (trial, cancellation) => [.. OnTrees(trial.Seeds, (tree, place) => Planned(tree, place, RandomPolicyPlanner.GreedyValue(tree)), cancellation), .. OnMisleading(trial.Seeds)]) { IsDeterministic = true },
        .. config.PlannerTemperatures.Select(temperature => new Arm(Softmax(temperature), ArmKind.Method, (trial, cancellation) => [.. OnTrees(trial.Seeds, (tree, place) =>
        {
            var (value, bound) = (RandomPolicyPlanner.SoftmaxValue(tree, temperature), RandomPolicyPlanner.Bound(tree, temperature));
            return [.. Planned(tree, place, value), new(RoverMetrics.Bound, place, bound), new(RoverMetrics.Slack, place, value - bound)];
        }, cancellation)]) { IsDeterministic = true }),
    ];

    /// <summary>What uniform random choices are worth.</summary>
    /// <param name="seeds">The trial's.</param>
    public IEnumerable<Measurement> Uniform(SeedTree seeds) => OnTrees(seeds, (tree, place) => Planned(tree, place, tree.UniformValue), CancellationToken.None);

    private static Measurement[] Planned(TreeNode tree, string place, double value) => [new(RoverMetrics.Value, place, value), new(RoverMetrics.Regret, place, tree.BestValue - value)];

    private IEnumerable<Measurement> OnTrees(SeedTree seeds, Func<TreeNode, string, Measurement[]> measure, CancellationToken cancellation)
    {
        for (var i = 0; i < config.Trees; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = seeds.Branch("trees").Branch(i).Start();                         // the same for every arm
            foreach (var measurement in measure(RandomTrees.Draw(ref random, out _), Name(i))) yield return measurement;
        }
    }

    // What the greedy planner loses where a condition of the theorem is broken.
    private IEnumerable<Measurement> OnMisleading(SeedTree seeds)
    {
        for (var i = 0; i < config.Trees; i++)
        {
            var (partial, stochastic) = (seeds.Branch("partial").Branch(i).Start(), seeds.Branch("stochastic").Branch(i).Start());
            yield return new(RoverMetrics.PartialRegret, Name(i), Regret(RandomTrees.DrawPartialRewards(ref partial)));
            yield return new(RoverMetrics.StochasticRegret, Name(i), Regret(RandomTrees.DrawStochastic(ref stochastic)));
        }
    }

    private static double Regret(TreeNode tree) => tree.BestValue - RandomPolicyPlanner.GreedyValue(tree);

    private static string Name(int tree) => FormattableString.Invariant($"tree/{tree:D4}");
}
