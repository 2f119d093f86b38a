using Pilotage.Algorithms;
using Pilotage.Environments.PointMass;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Stac;

/// <summary>The competitors: rules, SAC with two and with one critic, ESTAC, and STAC at several betas. All networks are of the same size and layer-normalised, as in the paper.</summary>
/// <param name="tasks">What is learned.</param>
/// <param name="config">Settings; networks are its own, step size and batches the study's.</param>
/// <param name="scale">Smoke plays fewer episodes.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class StudyArms(IReadOnlyList<StudyTask> tasks, StacConfig config, Scale scale, Device? device = null)
{
    /// <summary>Names of the arms that are no STAC.</summary>
    public const string Rule = "rule", Detour = "tangent-detour", Random = "random", TwinSac = "sac", SingleSac = "sac-single", Estac = "estac";

    private const int RuleEpisodes = 50;
    private const int TimingPairs = 4;                  // a seed; all seeds of the SAC arm together give the claim its units

    /// <summary>Name of STAC at a pessimism.</summary>
    public static string StacName(double beta) => FormattableString.Invariant($"stac-{beta}");

    /// <summary>Paired starts of the point mass.</summary>
    public static int Starts(Scale scale) => scale == Scale.Smoke ? 10 : 200;

    /// <summary>All arms, rules first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Fixed(Rule, _ => true, task => task.CreateHeuristic()),
        Fixed(Detour, task => task.IsPointMass, _ => new TangentDetour()),
        Fixed(Random, _ => true, _ => new RandomPolicy()),
        Learning(TwinSac, ArmKind.Baseline, Sac(critics: 2)),
        Learning(SingleSac, ArmKind.Baseline, Sac(critics: 1)),
        Learning(Estac, ArmKind.Baseline, Stac(beta: 0, critics: 2)),
        .. config.Study.Betas.Select(beta => Learning(StacName(beta), ArmKind.Method, Stac(beta))),
    ];

    /// <summary>Makes STAC, or with two critics and beta 0 ESTAC, which has no dropout.</summary>
    public MakeLearner Stac(double beta, int critics = 1, int? batchSize = null) => (task, environment, seeds) =>
    {
        var stac = new Stac(config with
        {
            Steps = task.Steps,
            LearningStarts = task.LearningStarts,
            Temperature = task.Temperature,
            LearningRate = config.Study.LearningRate,
            EnvironmentCount = 1,
            UpdatesPerStep = 1,
            BatchSize = batchSize ?? config.Study.BatchSize,
            Beta = beta,
            Critics = critics,
            Dropout = critics == 1 ? task.Dropout : new(),
            LayerNorm = true,
            TargetEntropy = null,
        }, environment, seeds, device);
        return (stac, stac);
    };

    /// <summary>Makes the library's SAC with the study's networks.</summary>
    public MakeLearner Sac(int critics, int? batchSize = null) => (task, environment, seeds) =>
    {
        var sac = new Sac(new()
        {
            Steps = task.Steps, LearningStarts = task.LearningStarts, Temperature = task.Temperature, LearningRate = config.Study.LearningRate, Discount = config.Discount,
            TargetRate = config.TargetRate, BatchSize = batchSize ?? config.Study.BatchSize, Capacity = (int)Math.Min(config.Capacity, task.Steps + 1), Hidden = config.Hidden, Critics = critics, NormalizeLayers = true,
        }, environment, seeds, device);
        return (sac, new SacCritic(sac));
    };

    private Arm Learning(string name, ArmKind kind, MakeLearner make) => new(name, kind, (trial, cancellation) =>
    {
        var clock = new LearnerClock();
        List<Measurement> measured = [.. tasks.SelectMany(task => new LearnerTrial(task, make, config.Discount, scale).Run(trial.Seeds, clock, cancellation)), .. clock.Measurements()];
        if (name == TwinSac) measured.AddRange(UpdateTimer.Measure(this, config.BatchSize, scale == Scale.Smoke ? 1 : TimingPairs, cancellation));
        return measured;
    });

    private Arm Fixed(string name, Func<StudyTask, bool> plays, Func<StudyTask, IPolicy> create) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
    [
        .. tasks.Where(plays).SelectMany(task =>
        {
            var seeds = trial.Seeds.Branch(task.Key).Evaluation;
            if (task.IsPointMass) return DiscWatch.Measure(create(task), task, Starts(scale), seeds, cancellation);
            var episodes = scale == Scale.Smoke ? 1 : RuleEpisodes;
            return [new(StudyMetrics.Return(task), task.Key, PolicyEvaluation.Run(create(task), task.Create, episodes, seeds, episodes, cancellation).Mean)];
        }),
    ]);
}
