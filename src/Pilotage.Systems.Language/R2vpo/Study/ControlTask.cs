using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Policies.Heuristics;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>An environment with the settings that both learners share on it, and the scale from chance to its rule of thumb.</summary>
internal sealed class ControlTask
{
    private const int ScaleEpisodes = 100;
    private readonly Lazy<(double Floor, double Ceiling)> _scale;

    /// <param name="entry">The environment.</param>
    /// <param name="learner">Settings of the method on it; PPO takes what they share.</param>
    public ControlTask(EnvironmentEntry entry, R2vpoControlConfig learner)
    {
        (Entry, Learner) = (entry, learner);
        _scale = new(() => (Mean(new RandomPolicy()), Mean(entry.CreateHeuristic())) is var (floor, ceiling) && ceiling > floor
            ? (floor, ceiling)
            : throw new RunFailedException($"{entry.Name}: its rule of thumb returns no more than random actions, so there is no scale from chance to it."));
    }

    /// <summary>The pendulum that pays upright steps alone.</summary>
    public static EnvironmentEntry Sparse { get; } = new(
        "Swing up a pendulum that pays nothing but steps upright", SparsePendulum.Describe(), (rows, seeds) => new VectorEnvironment<SparsePendulum>(new SparsePendulum[rows], seeds),
        () => new PendulumEnergyPump(), "Steers the energy to that of standing upright, then catches the pendulum");

    /// <summary>The environment.</summary>
    public EnvironmentEntry Entry { get; }

    /// <summary>As users type it.</summary>
    public string Name => Entry.Name;

    /// <summary>Name as a part of metric names, claims and figures.</summary>
    public string Slug => Name.ToLowerInvariant();

    /// <summary>The method's settings.</summary>
    public R2vpoControlConfig Learner { get; }

    /// <summary>The study's tasks.</summary>
    /// <param name="learner">The settings that they start from. On the pendulums the step size is that of the widely used tuned settings.</param>
    public static IReadOnlyList<ControlTask> All(R2vpoControlConfig learner) => [Find("CartPole-v1", learner), new(Sparse, learner with { LearningRate = 1e-3 })];

    /// <summary>A task by the environment's name.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <param name="learner">The method's settings.</param>
    /// <exception cref="UserMistakeException">There is no such environment.</exception>
    public static ControlTask Find(string name, R2vpoControlConfig learner) => new(EnvironmentCatalog.Find(name, [.. EnvironmentCatalog.All, Sparse]), learner);

    /// <summary>PPO with what it shares.</summary>
    /// <param name="clipRadius">epsilon.</param>
    public PpoConfig Ppo(double clipRadius) => new()
    {
        Steps = Learner.Steps,
        EnvironmentCount = Learner.EnvironmentCount,
        Horizon = Learner.Horizon,
        Epochs = Learner.Epochs,
        Minibatches = Learner.Minibatches,
        LearningRate = Learner.LearningRate,
        AnnealLearningRate = false,
        Discount = Learner.Discount,
        TraceDecay = Learner.TraceDecay,
        ClipRadius = clipRadius,
        ValueWeight = Learner.ValueWeight,
        EntropyWeight = Learner.EntropyWeight,
        MaximumGradientNorm = Learner.MaximumGradientNorm,
        Hidden = Learner.Hidden,
        Activation = Learner.Activation,
        InitialDeviation = Learner.InitialDeviation,
    };

    /// <summary>A return on the scale where random actions have 0 and the environment's rule of thumb has 1.</summary>
    /// <param name="value">Mean return of an episode.</param>
    public double Score(double value) => (value - _scale.Value.Floor) / (_scale.Value.Ceiling - _scale.Value.Floor);

    // The same for every arm and seed: a constant of the task.
    private double Mean(IPolicy policy) => PolicyEvaluation.Run(policy, Entry.Create, ScaleEpisodes, SeedTree.Root(0).Branch("scale").Branch(Name).Evaluation).Mean;
}
