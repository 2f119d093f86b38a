using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting C: graphs of stages; networks learn from batches, or from both kinds of arrivals, and are tested on batches, on twice as many jobs, and on jobs that come one by one.</summary>
internal sealed class DagPart : IStudyPart
{
    public const string Graph = "graph", Mixed = "graph-mixed", Tuned = "fair-tuned", Jct = "dags_jct", Twice = "dags_twice_jct", Poisson = "dags_poisson_jct";
    private static readonly string[] Rules = ["random", "fifo", "fair", "sjf", "ljf", "srpt", "drf", "heft", "cpop"];
    private static readonly string[] Beaten = ["fifo", "fair"];
    private static readonly string[] Compared = [Tuned, "sjf"];
    private readonly CloudSchedulingConfig _config;
    private readonly Device? _device;
    private readonly DagWorld _batch, _twice, _poisson;
    private readonly GraphLayout _layout;

    /// <param name="config">Settings.</param>
    /// <param name="shapes">Kinds of jobs.</param>
    /// <param name="device">Where the network is computed.</param>
    public DagPart(CloudSchedulingConfig config, IReadOnlyList<JobShape> shapes, Device? device = null)
    {
        (_config, _device, _layout) = (config, device, GraphLayout.For(shapes));
        _batch = new(config.Graphs, shapes, ArrivalKind.Batch);
        _twice = new(config.Graphs, shapes, ArrivalKind.Batch, 2 * config.Graphs.Jobs);
        _poisson = new(config.Graphs, shapes, ArrivalKind.Poisson);
    }

    /// <inheritdoc/>
    public string Name => CloudSchedulingConfig.Dags;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics =>
    [
        new(Jct, "C mean JCT [s]", false), new("dags_slowdown", "C slowdown", false), new("dags_makespan", "C makespan [s]", false), new(Twice, "C mean JCT, twice the jobs [s]", false), new(Poisson, "C mean JCT, Poisson [s]", false),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PartArm> Arms =>
    [
        .. Rules.Select(name => Measured(name, ArmKind.Heuristic, (_, _) => seeds => SchedulerCatalog.Make(name, seeds))),
        Measured(Tuned, ArmKind.Heuristic, (seeds, _) => Tune(seeds)),
        Measured(Graph, ArmKind.Method, (seeds, cancellation) => Learn(_batch, seeds, cancellation)),
        Measured(Mixed, ArmKind.Method, (seeds, cancellation) => Learn(new MixedWorld(_batch, _poisson, _config.Graphs.MixedShare), seeds, cancellation)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims =>
    [
        PartClaims.Rule(0.01).Claim("c", "On batches the graph network's mean completion time is below FIFO's and fair sharing's", PartClaims.Source, Region.Below(0), (results, rule) => PartClaims.BelowAll(results, Graph, Beaten, Jct, rule), PartClaims.LeastSeeds),
        .. Compared.Select(rival => PartClaims.Rule(comparisons: Compared.Length).Claim($"c-{rival}", $"... and below {(rival == Tuned ? "that of weighted fair sharing with tuned power" : "that of shortest job first with critical paths")} (compared, not required)", PartClaims.Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, Graph, rival, Jct, rule), PartClaims.LeastSeeds)),
        PartClaims.Rule().Claim("e-jobs", FormattableString.Invariant($"Trained on {_config.Graphs.Jobs} jobs, the graph network is below fair sharing on {2 * _config.Graphs.Jobs}"), PartClaims.Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, Graph, "fair", Twice, rule), PartClaims.LeastSeeds),
        PartClaims.Rule().Claim("e-arrivals", "Trained on batches, it is below fair sharing where jobs come one by one", PartClaims.Source, Region.Below(0), (results, rule) => PairedEffect.Of(results, Graph, "fair", Poisson, rule), PartClaims.LeastSeeds),
        PartClaims.Rule().Claim("c-arrivals", "Trained on both kinds of arrivals, a graph network is below fair sharing where jobs come one by one", PartClaims.Source, Region.Below(0), (results, rule) => PairedEffect.Of(results, Mixed, "fair", Poisson, rule), PartClaims.LeastSeeds),
    ];

    private Func<SeedTree, IScheduler> Tune(SeedTree seeds)
    {
        var power = _config.Graphs.FairPowers.MinBy(power => SequenceTests.Validate(_batch, _config.Sequences, seeds, figures => figures.MeanCompletion, _ => ShareRule.Fair(power)));
        return _ => ShareRule.Fair(power);
    }

    private Func<SeedTree, IScheduler> Learn(IClusterWorld world, SeedTree seeds, CancellationToken cancellation)
    {
        var trainer = new GraphPolicyGradient(_config.Graph, world, _layout, seeds, _device);
        while (trainer.Iterations < _config.Graph.Iterations)
        {
            cancellation.ThrowIfCancellationRequested();
            trainer.Iterate();
        }
        return _ => new GraphScheduler(trainer.Network, _layout);
    }

    private PartArm Measured(string name, ArmKind kind, Func<SeedTree, CancellationToken, Func<SeedTree, IScheduler>> train) => new(name, kind, (seeds, cancellation) =>
    {
        var make = train(seeds, cancellation);
        return
        [
            .. SequenceTests.Test(_batch, Name, $"{Name}/batch", _config.Sequences, seeds, make),
            .. SequenceTests.Test(_twice, $"{Name}_twice", $"{Name}/twice", _config.Sequences, seeds, make),
            .. SequenceTests.Test(_poisson, $"{Name}_poisson", $"{Name}/poisson", _config.Sequences, seeds, make),
        ];
    });
}
