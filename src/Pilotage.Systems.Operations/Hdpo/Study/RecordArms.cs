using System.Collections.Concurrent;
using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The competitors on recorded demand: orders by forecast quantiles, the network that sees past demand itself, and two bounds that nobody attains.</summary>
/// <param name="world">Recorded demand, cut in time.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class RecordArms(PanelWorld world, HdpoConfig config, Device? device = null)
{
    public const string Ratio = "quantile-newsvendor", Fixed = "fixed-quantile", Transformed = "transformed-newsvendor", Returns = "newsvendor-with-returns", JustInTime = "just-in-time", DataDriven = "hdpo-data-driven";

    /// <summary>Mean profit of a product's series for a period, in their own mean demands.</summary>
    public const string Profit = "profit";

    private readonly ConcurrentDictionary<ulong, Lazy<QuantileForecaster>> _forecasters = [];

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Measured(Ratio, ArmKind.Heuristic, (seeds, cancellation) => Quantiles(QuantileRule.Ratio, seeds, cancellation)),
        Measured(Fixed, ArmKind.Heuristic, (seeds, cancellation) => Quantiles(QuantileRule.Fixed, seeds, cancellation)),
        Measured(Transformed, ArmKind.Heuristic, (seeds, cancellation) => Quantiles(QuantileRule.Transformed, seeds, cancellation)),
        Measured(Returns, ArmKind.Baseline, (seeds, cancellation) => new QuantileStock(QuantileRule.Ratio, Forecaster(seeds, cancellation), world.Test, seeds, allowsReturns: true)),
        Measured(JustInTime, ArmKind.Baseline, (_, _) => new JustInTime()) with { IsDeterministic = true },
        Measured(DataDriven, ArmKind.Method, (seeds, cancellation) =>
        {
            var policy = new DataDrivenNetwork(world.Network, PanelWorld.Past, config.RecordHidden, seeds);
            new PathwiseTrainer(config.Records, policy, world.Training, seeds, world.Validation, device).Run(cancellation);
            return policy;
        }),
    ];

    /// <summary>A quantile rule, trained where it has something to train, that runs on the test periods.</summary>
    private QuantileStock Quantiles(QuantileRule rule, SeedTree seeds, CancellationToken cancellation)
    {
        var forecaster = Forecaster(seeds, cancellation);
        if (rule == QuantileRule.Ratio) return new QuantileStock(rule, forecaster, world.Test, seeds);
        var policy = new QuantileStock(rule, forecaster, world.Training, seeds);
        new PathwiseTrainer(config.RecordRules with { ValidationPeriod = 0 }, policy, world.Training, seeds, validation: null, device).Run(cancellation);
        return policy.On(forecaster, world.Test);
    }

    // The rules of one seed share its forecaster, as they would in use.
    private QuantileForecaster Forecaster(SeedTree seeds, CancellationToken cancellation) => _forecasters.GetOrAdd(seeds.Key, _ => new(() =>
    {
        var forecaster = new QuantileForecaster(PanelWorld.Past, config.ForecastHidden, seeds.Branch("forecaster"));
        forecaster.Train(world.Training, config.ForecastUpdates, config.ForecastRows, config.ForecastLearningRate, seeds.Branch("forecaster"), cancellation);
        return forecaster;
    })).Value;

    private Arm Measured(string name, ArmKind kind, Func<SeedTree, CancellationToken, IOrderPolicy> train) => new(name, kind, (trial, cancellation) =>
    {
        var policy = train(trial.Seeds.Branch("records"), cancellation);
        var profits = world.Profits(ScenarioRun.Of(policy, world.Test, world.Ignored, device), world.Test);
        return
        [
            .. Enumerable.Range(0, profits.Length).GroupBy(i => world.Panel.Groups[i])
                .Select(group => new Measurement(Profit, $"records/{group.Key}", group.Average(i => profits[i]))),
        ];
    });
}
