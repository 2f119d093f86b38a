using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting B: packing jobs of two resources.</summary>
internal sealed class PackingPart(CloudSchedulingConfig config, Device? device = null) : IStudyPart
{
    public const string Validation = "packing_validation", Slowdown = "packing_slowdown", Reinforce = "reinforce", Ppo = "ppo", Eager = "ppo-eager";
    private static readonly string[] Rules = ["random", "fifo", "sjf", "ljf", "best-fit", "tetris", "drf"];
    private static readonly string[] Learners = [Reinforce, Ppo, Eager];
    private static readonly string[] Rivals = ["sjf", "tetris"];
    private readonly PackingWorld _world = new(config.Jobs);

    /// <inheritdoc/>
    public string Name => CloudSchedulingConfig.Packing;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [new(Slowdown, "B slowdown", false), new("packing_jct", "B mean JCT [s]", false), new("packing_utilisation", "B utilisation", true)];

    /// <inheritdoc/>
    public IReadOnlyList<PartArm> Arms =>
    [
        .. Rules.Select(name => Measured(name, ArmKind.Heuristic, (_, _) => seeds => SchedulerCatalog.Make(name, seeds))),
        Learned(Reinforce, waitsByChoice: true, (rows, seeds) => new Reinforce(config.Reinforce, rows, seeds, device), config.Reinforce.EnvironmentCount, config.Reinforce.Steps),
        Learned(Ppo, waitsByChoice: true, PackingPpo, config.PackingPpo.EnvironmentCount, config.PackingPpo.Steps),
        Learned(Eager, waitsByChoice: false, PackingPpo, config.PackingPpo.EnvironmentCount, config.PackingPpo.Steps),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims =>
    [
        .. Rivals.Select(rival => PartClaims.Rule(comparisons: Rivals.Length).Claim($"b-{rival}", $"The better learner packs with less slowdown than {rival}", PartClaims.Source, Region.Below(0), (results, rule) =>
        {
            var best = PartClaims.Best(results, Learners, Validation);
            return PairedEffect.Of(results, best, rival, Slowdown, rule).Named(best, rival);
        }, PartClaims.LeastSeeds)),
    ];

    private Ppo PackingPpo(IVectorEnvironment rows, SeedTree seeds) => new(config.PackingPpo, rows, seeds, device);

    private PartArm Learned(string name, bool waitsByChoice, Func<IVectorEnvironment, SeedTree, ILearner> make, int count, long steps) => Measured(name, ArmKind.Method, (seeds, cancellation) =>
    {
        var view = new PackingView(_world, config.Jobs.Visible, waitsByChoice);
        var learner = make(ClusterEnvironment.Rows(count, _world, view, new(0, Slowdown: 0.02), seeds), seeds);
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return own => new PolicyScheduler(learner.Policy, view, own);
    });

    private PartArm Measured(string name, ArmKind kind, Func<SeedTree, CancellationToken, Func<SeedTree, IScheduler>> train) => new(name, kind, (seeds, cancellation) =>
    {
        var make = train(seeds, cancellation);
        return
        [
            new(Validation, Name, SequenceTests.Validate(_world, config.Sequences, seeds, figures => figures.Slowdown, make)),
            .. SequenceTests.Test(_world, Name, Name, config.Sequences, seeds, make),
        ];
    });
}
