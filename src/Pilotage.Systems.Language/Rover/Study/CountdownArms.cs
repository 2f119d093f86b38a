using Pilotage.Evaluation;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.Baselines;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Countdown puzzles: the method, without its successor term and with more passes, beside GRPO in the paper's forms, DAPO and PPO.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
internal sealed class CountdownArms(MiniLab.MiniLab lab, RoverConfig config)
{
    public const string Warm = "warm-start", Grpo = "grpo", GrpoKl = "grpo-kl", GrpoHigher = "grpo-clip-higher", Dapo = "dapo-lite", Ppo = "ppo", NoSuccessor = "rover-beta-0", Rover = "rover", RoverMany = "rover-many-epochs", GrpoMany = "grpo-many-epochs";

    /// <summary>Names of the arms that learn.</summary>
    public static readonly IReadOnlyList<string> Names = [Grpo, GrpoKl, GrpoHigher, Dapo, Ppo, GrpoMany, NoSuccessor, Rover, RoverMany];

    private const float ClipRadius = 0.2f, HigherRadius = 0.4f;
    private const double ReferenceWeight = 0.01;

    /// <summary>All arms that learn. Paper scale adds DAPO and PPO.</summary>
    /// <param name="scale">Which.</param>
    public IReadOnlyList<Arm> All(Scale scale) =>
    [
        Arm(Grpo, ArmKind.Baseline, t => OfGrpo(t, t.Batch, 0)),
        Arm(GrpoKl, ArmKind.Baseline, t => OfGrpo(t, t.Batch, ReferenceWeight)),
        Arm(GrpoHigher, ArmKind.Baseline, t => new GroupReplay(GroupReplay.Clipped(ClipRadius, HigherRadius), t.Batch, new(), t.Model, t.Sampler, t.Problems, t.Seeds)),
        .. scale != Scale.Paper ? Array.Empty<Arm>() :
        [
            Arm(Dapo, ArmKind.Baseline, t => new Dapo(new() { Batch = t.Batch, Rounds = 1 }, t.Model, t.Sampler, t.Problems, t.Seeds)),
            Arm(Ppo, ArmKind.Baseline, t => new TokenPpo(new() { Batch = t.Batch }, t.Model, t.Sampler, t.Problems, t.Seeds)),
        ],
        Arm(GrpoMany, ArmKind.Baseline, t => OfGrpo(t, t.Batch with { Epochs = config.ManyEpochs }, 0)),
        Arm(NoSuccessor, ArmKind.Method, t => OfRover(t, t.Batch, 0)),
        Arm(Rover, ArmKind.Method, t => OfRover(t, t.Batch, config.SuccessorWeight)),
        Arm(RoverMany, ArmKind.Method, t => OfRover(t, t.Batch with { Epochs = config.ManyEpochs }, config.SuccessorWeight)),
    ];

    private static Grpo OfGrpo(MiniLabTrial t, GroupBatchConfig batch, double reference) =>
        new(new() { Batch = batch, ClipRadius = ClipRadius, ReferenceWeight = reference }, t.Model, t.Sampler, t.Problems, t.Seeds);

    private Rover OfRover(MiniLabTrial t, GroupBatchConfig batch, double successor) =>
        new(new() { Batch = batch, Temperature = config.Temperature, SuccessorWeight = successor }, t.Model, t.Sampler, t.Problems, t.Seeds);

    private Arm Arm(string name, ArmKind kind, Func<MiniLabTrial, ILanguageLearner> make) => lab.Arm(name, kind, t => new RecordedLearner(make(t)), (t, learner) =>
        ((RecordedLearner)learner).History("successor_value") is { Count: > 0 } values ? [new Measurement(RoverMetrics.SuccessorValue, t.Task.Name, values.Average())] : []);
}
