namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Trains what may be recommended on a user's demand: the rule in use, orders up to forecast quantiles, the network.</summary>
/// <param name="world">The user's demand.</param>
/// <param name="config">Settings.</param>
/// <param name="seeds">Of the whole application.</param>
/// <param name="request">Computes the parts.</param>
/// <param name="progress">Told the share done.</param>
/// <param name="cancellation">Stops between updates.</param>
internal sealed class OrderCandidates(PanelWorld world, HdpoConfig config, SeedTree seeds, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    public const string RuleInUse = "rule in use", Network = "network";

    /// <summary>All candidates, the rule in use first.</summary>
    public IReadOnlyList<OrderCandidate> All()
    {
        var apply = config.Apply;
        // First of all: workers come this far and no further.
        // The last network counts: one that was picked on the validation periods would be flattered by them when it is held against rules.
        var networks = TrainedNetworks.Of(
            request, apply.Seeds, seed => new DataDrivenNetwork(world.Network, PanelWorld.Past, config.RecordHidden, seeds.Branch(seed)),
            (network, seed, stop) => new PathwiseTrainer(config.Records with { Updates = apply.Updates, ValidationPeriod = 0 }, network, world.Training, seeds.Branch(seed)).Run(stop),
            count => Tell(0.05 + 0.6 * count / apply.Seeds, FormattableString.Invariant($"{count} of {apply.Seeds} networks trained")), cancellation);
        var candidates = new List<OrderCandidate> { Judged(RuleInUse, _ => new CoverStock(PanelWorld.Past, apply.Cover)) };
        if (apply.Cover > 0) candidates.Add(Judged("textbook base stock", _ => new CoverStock(PanelWorld.Past, 0)));

        Tell(0.65, "training the quantile forecaster");
        var forecaster = new QuantileForecaster(PanelWorld.Past, config.ForecastHidden, seeds.Branch("forecaster"));
        forecaster.Train(world.Training, config.ForecastUpdates, config.ForecastRows, config.ForecastLearningRate, seeds.Branch("forecaster"), cancellation);
        candidates.Add(Judged("quantile newsvendor", set => new QuantileStock(QuantileRule.Ratio, forecaster, set, seeds)));
        Tell(0.8, "training the quantile to order up to");
        var level = new QuantileStock(QuantileRule.Fixed, forecaster, world.Training, seeds);
        new PathwiseTrainer(config.RecordRules, level, world.Training, seeds.Branch("quantile")).Run(cancellation);
        candidates.Add(Judged("fixed quantile", set => level.On(forecaster, set)));

        candidates.Add(networks.Select(network => Judged(Network, _ => network) with { Network = network }).MinBy(candidate => candidate.Validation)!);
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
