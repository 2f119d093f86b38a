namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Trains what may be recommended on a user's demand: the rule in use, orders up to forecast quantiles, the network.</summary>
/// <param name="world">The user's demand.</param>
/// <param name="config">Settings.</param>
/// <param name="seeds">Of the whole application.</param>
/// <param name="progress">Told the share done.</param>
/// <param name="cancellation">Stops between updates.</param>
internal sealed class OrderCandidates(PanelWorld world, HdpoConfig config, SeedTree seeds, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    public const string RuleInUse = "rule in use", Network = "network";

    /// <summary>All candidates, the rule in use first.</summary>
    public IReadOnlyList<OrderCandidate> All()
    {
        var apply = config.Apply;
        var candidates = new List<OrderCandidate> { Judged(RuleInUse, _ => new CoverStock(PanelWorld.Past, apply.Cover)) };
        if (apply.Cover > 0) candidates.Add(Judged("textbook base stock", _ => new CoverStock(PanelWorld.Past, 0)));

        Tell(0.05, "training the quantile forecaster");
        var forecaster = new QuantileForecaster(PanelWorld.Past, config.ForecastHidden, seeds.Branch("forecaster"));
        forecaster.Train(world.Training, config.ForecastUpdates, config.ForecastRows, config.ForecastLearningRate, seeds.Branch("forecaster"), cancellation);
        candidates.Add(Judged("quantile newsvendor", set => new QuantileStock(QuantileRule.Ratio, forecaster, set, seeds)));
        Tell(0.2, "training the quantile to order up to");
        var level = new QuantileStock(QuantileRule.Fixed, forecaster, world.Training, seeds);
        new PathwiseTrainer(config.RecordRules, level, world.Training, seeds.Branch("quantile")).Run(cancellation);
        candidates.Add(Judged("fixed quantile", set => level.On(forecaster, set)));

        var networks = new List<OrderCandidate>();
        for (var seed = 0; seed < apply.Seeds; seed++)
        {
            Tell(0.3 + 0.6 * seed / apply.Seeds, FormattableString.Invariant($"training network {seed + 1} of {apply.Seeds}"));
            var own = seeds.Branch(seed);
            var network = new DataDrivenNetwork(world.Network, PanelWorld.Past, config.RecordHidden, own);
            // The last network counts: one that was picked on the validation periods would be flattered by them when it is held against rules.
            new PathwiseTrainer(config.Records with { Updates = apply.Updates, ValidationPeriod = 0 }, network, world.Training, own).Run(cancellation);
            networks.Add(Judged(Network, _ => network) with { Network = network });
        }
        candidates.Add(networks.MinBy(candidate => candidate.Validation)!);
        return candidates;
    }

    private OrderCandidate Judged(string name, Func<ScenarioSet, IOrderPolicy> on) =>
        new(name, on, ScenarioRun.Of(on(world.Validation), world.Validation, world.Ignored).MeanCost);

    private void Tell(double share, string text)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report((share, text));
    }
}
