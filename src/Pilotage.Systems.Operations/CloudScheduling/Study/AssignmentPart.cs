using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting A: all rules, and learners trained at the highest load.</summary>
internal sealed class AssignmentPart : IStudyPart
{
    public const string Validation = "assignment_validation", Jct = "assignment_jct", Energy = "assignment_energy";
    public const string Dqn = "dqn", DuelingDqn = "dqn-dueling-per", Ppo = "ppo", A2c = "a2c", Sac = "sac-scores", Td3 = "td3-scores", Ddpg = "ddpg-scores", Queue = "ppo-queue", Rules = "ppo-rules", Frugal = "ppo-energy", Light = "ppo-light", LeastCost = "least-cost";
    private static readonly string[] Learners = [Dqn, DuelingDqn, Ppo, A2c, Sac, Td3, Ddpg, Queue, Rules];
    private static readonly string[] Beaten = ["random", "round-robin", "least-loaded"];
    private static readonly IReadOnlyList<string> Heuristics = [.. SchedulerCatalog.Names.Where(name => name != "fair")];
    private readonly CloudSchedulingConfig _config;
    private readonly Device? _device;
    private readonly IReadOnlyList<AssignmentWorld> _worlds;
    private readonly MachineView _view;

    public AssignmentPart(CloudSchedulingConfig config, Device? device = null)
    {
        (_config, _device) = (config, device);
        _worlds = [.. config.Tasks.Loads.Order().Select(load => new AssignmentWorld(config.Tasks, load))];
        _view = new(_worlds[^1]);
    }

    /// <inheritdoc/>
    public string Name => CloudSchedulingConfig.Assignment;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics =>
    [
        .. SequenceTests.Columns("assignment", "A", isWhole: true),
        .. _worlds.SkipLast(1).SelectMany((world, i) => SequenceTests.Columns(Prefix(i), FormattableString.Invariant($"A at load {world.Load}:"), isWhole: false)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PartArm> Arms =>
    [
        .. Heuristics.Select(name => Measured(name, ArmKind.Heuristic, (_, _) => seeds => SchedulerCatalog.Make(name, seeds))),
        Measured(LeastCost, ArmKind.Heuristic, (_, _) => _ => DispatchRule.LeastCost(SecondsPerJoule(_worlds[^1]))),
        Learned(Dqn, (seeds, world) => new Dqn(_config.Dqn, Rows(_config.Dqn.EnvironmentCount, world, _view, 0, seeds), seeds, _device), _config.Dqn.Steps),
        Learned(DuelingDqn, (seeds, world) => new Dqn(_config.Dqn with { DoubleQ = true, Dueling = true, Priority = new() { Exponent = 0.6 } }, Rows(_config.Dqn.EnvironmentCount, world, _view, 0, seeds), seeds, _device), _config.Dqn.Steps),
        Learned(A2c, (seeds, world) => new A2c(_config.A2c, Rows(_config.A2c.EnvironmentCount, world, _view, 0, seeds), seeds, _device), _config.A2c.Steps),
        Learned(Ppo, MachinePpo, _config.Ppo.Steps),
        Scored(Sac, (rows, seeds) => new Sac(_config.Sac, rows, seeds, _device), _config.Sac.EnvironmentCount, _config.Sac.Steps),
        Scored(Td3, (rows, seeds) => new Td3(_config.Td3, rows, seeds, _device), _config.Td3.EnvironmentCount, _config.Td3.Steps),
        Scored(Ddpg, (rows, seeds) => new Ddpg(_config.Ddpg, rows, seeds, _device), _config.Ddpg.EnvironmentCount, _config.Ddpg.Steps),
        Viewed(Queue, () => new QueueView(_worlds[^1]), _config.QueuePpo),
        Viewed(Rules, () => new RuleView(_worlds[^1], [OrderRule.ShortestJob(), OrderRule.ShortestPath(), OrderRule.Fifo(), DispatchRule.EarliestFinish(), new CompletionRule(CompletionOrder.Suffrage), FitRule.PowerAware()]), _config.RulePpo),
        Learned(Frugal, (seeds, world) => new Ppo(_config.Ppo, Rows(_config.Ppo.EnvironmentCount, world, _view, _config.Tasks.EnergyWeight, seeds), seeds, _device), _config.Ppo.Steps),
        .. _worlds.Count > 1 ? [Learned(Light, (seeds, _) => MachinePpo(seeds, _worlds[0]), _config.Ppo.Steps)] : Array.Empty<PartArm>(),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims
    {
        get
        {
            var load = FormattableString.Invariant($"load {_worlds[^1].Load}");
            List<Claim> claims =
            [
                PartClaims.Rule(0.01).Claim("a", $"At {load} the best learner's mean completion time is below random's, round-robin's and first-come-first-served least-loaded's", PartClaims.Source, Region.Below(0), (results, rule) =>
                {
                    var best = PartClaims.Best(results, Learners, Validation);
                    return PartClaims.BelowAll(results, best, Beaten, Jct, rule).Named(best, "all three");
                }, PartClaims.LeastSeeds),
                PartClaims.Rule().Claim("a-best-rule", $"At {load} the best learner's mean completion time is at most 5 % above the best rule's (ratio)", PartClaims.Source, Region.Below(1.05), (results, rule) =>
                {
                    var (best, heuristic) = (PartClaims.Best(results, Learners, Validation), PartClaims.Best(results, [.. Heuristics, LeastCost], Validation));
                    return RatioEffect.Of(results, best, heuristic, Jct, rule).Named(best, heuristic);
                }, PartClaims.LeastSeeds),
                PartClaims.Rule().Claim("a-energy", "A reward that weighs energy lowers it against the same learner without", PartClaims.Source, Region.Below(0),
                    (results, rule) => PairedEffect.Of(results, Frugal, Ppo, Energy, rule), PartClaims.LeastSeeds),
            ];
            if (_worlds.Count > 1)
                claims.Add(PartClaims.Rule().Claim("e-load", FormattableString.Invariant($"Trained at load {_worlds[0].Load}, PPO's mean completion time at {load} is at most 5 % above that of PPO trained there (ratio)"), PartClaims.Source, Region.Below(1.05),
                    (results, rule) => RatioEffect.Of(results, Light, Ppo, Jct, rule), PartClaims.LeastSeeds));
            return claims;
        }
    }

    private Ppo MachinePpo(SeedTree seeds, AssignmentWorld world) => new(_config.Ppo, Rows(_config.Ppo.EnvironmentCount, world, _view, 0, seeds), seeds, _device);

    // A view of its own for each trial: rules keep room for their orders, and trials run side by side.
    private PartArm Viewed(string name, Func<IDecisionView> make, PpoConfig config) => Measured(name, ArmKind.Method, (seeds, cancellation) =>
    {
        var view = make();
        var learner = new Ppo(config, Rows(config.EnvironmentCount, _worlds[^1], view, 0, seeds), seeds, _device);
        Train(learner, config.Steps, cancellation);
        return own => new PolicyScheduler(learner.Policy, view, own);
    });

    private PartArm Scored(string name, Func<IVectorEnvironment, SeedTree, ILearner> make, int rows, long steps) => Measured(name, ArmKind.Method, (seeds, cancellation) =>
    {
        var learner = make(new ScoreRows(Rows(rows, _worlds[^1], _view, 0, seeds), seeds), seeds);
        Train(learner, steps, cancellation);
        var policy = ScoreRows.Choosing(learner.Policy, _view.Spec);
        return own => new PolicyScheduler(policy, _view, own);
    });

    private PartArm Learned(string name, Func<SeedTree, AssignmentWorld, ILearner> make, long steps) => Measured(name, ArmKind.Method, (seeds, cancellation) =>
    {
        var learner = make(seeds, _worlds[^1]);
        Train(learner, steps, cancellation);
        return own => new PolicyScheduler(learner.Policy, _view, own);
    });

    private PartArm Measured(string name, ArmKind kind, Func<SeedTree, CancellationToken, Func<SeedTree, IScheduler>> train) => new(name, kind, (seeds, cancellation) =>
    {
        var make = train(seeds, cancellation);
        return
        [
            new(Validation, Name, SequenceTests.Validate(_worlds[^1], _config.Sequences, seeds, figures => figures.MeanCompletion, make)),
            .. _worlds.SelectMany((world, i) => SequenceTests.Test(world, Prefix(i), FormattableString.Invariant($"{Name}/load-{world.Load}"), _config.Sequences, seeds, make)),
        ];
    });

    private string Prefix(int world) => world == _worlds.Count - 1 ? "assignment" : FormattableString.Invariant($"assignment_{_worlds[world].Load}");

    private VectorEnvironment<ClusterEnvironment> Rows(int rows, AssignmentWorld world, IDecisionView view, double energyWeight, SeedTree seeds)
    {
        var second = 1 / (world.TimeScale * 2 * world.Machines.Count);
        return ClusterEnvironment.Rows(rows, world, view, new(second, Joule: energyWeight * second * SecondsPerJoule(world), Foresees: true), seeds);
    }

    // A task's mean time for its mean energy.
    private static double SecondsPerJoule(AssignmentWorld world) => world.TimeScale / world.MeanJoules;

    private static void Train(ILearner learner, long steps, CancellationToken cancellation)
    {
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
    }
}
