namespace Pilotage.Systems.Governance.Ofs;

/// <summary>A way of choosing thresholds, with the values of its one setting that are tuned over.</summary>
/// <param name="Name">As tables name it.</param>
/// <param name="Values">Of the setting; one value is not tuned.</param>
/// <param name="Make">Makes a fresh rule with a value of the setting.</param>
internal sealed record RuleKind(string Name, IReadOnlyList<double> Values, Func<OfsConfig, double, IThresholdRule> Make)
{
    /// <summary>Names of the rules.</summary>
    public const string Search = "OFS", Windowed = "OFS, window", Ucb = "UCB", Dual = "primal-dual", Greedy = "epsilon-greedy", Pessimistic = "pessimistic", Random = "random feasible";

    /// <summary>All rules that learn, each with as many values to tune over.</summary>
    public static IReadOnlyList<RuleKind> All(OfsConfig config) =>
    [
        new(Search, config.Radii, (settings, c) => new OptimisticFeasibleSearch(new(settings, c))),
        new(Windowed, config.Radii, (settings, c) => new OptimisticFeasibleSearch(new(settings, c, settings.Window))),
        new(Ucb, config.Radii, (settings, c) => new UpperConfidenceBound(new(settings, c))),
        new(Dual, config.Radii, (settings, c) => new PrimalDual(new(settings, c), settings)),
        new(Greedy, config.Explorations, (settings, epsilon) => new GreedyFeasible(new(settings, 0), epsilon)),
        new(Pessimistic, config.Radii, (settings, c) => new PessimisticFeasibleSearch(new(settings, c))),
        new(Random, [0], (settings, _) => new RandomFeasible(new(settings, 0))),
    ];

    /// <summary>The value with the largest feasible reward on tuning seeds; of equals the first.</summary>
    /// <param name="grid">The problem.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seeds">Branch of the tuning seeds.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public double Tuned(ThresholdGrid grid, OfsConfig config, SeedTree seeds, CancellationToken cancellation)
    {
        if (Values.Count == 1) return Values[0];
        return Values.MaxBy(value => Enumerable.Range(0, config.TuningSeeds).Average(seed => Lifetime.Live(grid, config, Make(config, value), seeds.Branch(seed), cancellation).FeasibleReward(grid)));
    }
}
