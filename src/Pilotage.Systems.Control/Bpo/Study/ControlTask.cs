using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>An environment with the settings that both learners share on it, and the scale from chance to its rule of thumb.</summary>
internal sealed class ControlTask
{
    private const int ScaleEpisodes = 100;
    private readonly Lazy<(double Floor, double Ceiling)> _scale;

    /// <param name="entry">The environment.</param>
    /// <param name="learner">BPO's settings on it; PPO takes what they share.</param>
    public ControlTask(EnvironmentEntry entry, BpoConfig learner)
    {
        (Entry, Learner) = (entry, learner);
        _scale = new(() => (Mean(new RandomPolicy()), Mean(entry.CreateHeuristic())) is var (floor, ceiling) && ceiling > floor
            ? (floor, ceiling)
            : throw new RunFailedException(FormattableString.Invariant($"{entry.Name}: its rule of thumb returns no more than random actions, so there is no scale from chance to it.")));
    }

    /// <summary>The environment.</summary>
    public EnvironmentEntry Entry { get; }

    /// <summary>As users type it.</summary>
    public string Name => Entry.Name;

    /// <summary>Name as a part of metric names, claims and figures: <c>cartpole-v1</c>.</summary>
    public string Slug => Name.ToLowerInvariant();

    /// <summary>BPO's settings.</summary>
    public BpoConfig Learner { get; }

    /// <summary>A task by the environment's name, with the settings known to suit it.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <param name="config">The system's settings.</param>
    /// <param name="data">Folder of data sets, or <see langword="null"/>.</param>
    /// <exception cref="UserMistakeException">There is no such environment.</exception>
    public static ControlTask Find(string name, BpoSystemConfig config, string? data)
    {
        var entry = EnvironmentCatalog.Find(name, [.. EnvironmentCatalog.All, .. MujocoCatalog.All(() => Models(config, data))]);
        return new(entry, Suited(entry.Name, config.Learner));
    }

    /// <summary>PPO with what it shares with BPO; clip, normalised advantages and gradient norm are its own.</summary>
    /// <param name="clipRadius">epsilon.</param>
    /// <param name="normalizeRewards">Whether rewards are scaled while learning.</param>
    public PpoConfig Ppo(double clipRadius, bool normalizeRewards = false) => new()
    {
        Steps = Learner.Steps,
        EnvironmentCount = Learner.EnvironmentCount,
        Horizon = Learner.Horizon,
        Epochs = Learner.Epochs,
        Minibatches = Learner.Minibatches,
        LearningRate = Learner.LearningRate,
        AnnealLearningRate = Learner.AnnealLearningRate,
        Discount = Learner.Discount,
        TraceDecay = Learner.TraceDecay,
        ClipRadius = clipRadius,
        ValueWeight = 1,                                  // half the mean squared error: the usual 0.5
        EntropyWeight = Learner.EntropyWeight,
        NormalizeObservations = Learner.NormalizeObservations,
        NormalizeRewards = Learner.NormalizeRewards || normalizeRewards,
        Hidden = Learner.Hidden,
        Activation = Learner.Activation,
        InitialDeviation = Learner.InitialDeviation,
    };

    /// <summary>A return on the scale where random actions have 0 and the environment's rule of thumb has 1.</summary>
    /// <param name="value">Mean return of an episode.</param>
    public double Score(double value) => (value - _scale.Value.Floor) / (_scale.Value.Ceiling - _scale.Value.Floor);

    // The same for every arm and seed: a constant of the task.
    private double Mean(IPolicy policy) => PolicyEvaluation.Run(policy, Entry.Create, ScaleEpisodes, SeedTree.Root(0).Branch("scale").Branch(Name).Evaluation).Mean;

    // A short-sighted discount and a large step size, as in the widely used tuned settings; without them no learner gets anywhere in 60,000 steps.
    private static BpoConfig Suited(string name, BpoConfig learner) => name switch
    {
        "Pendulum-v1" => learner with { Discount = 0.9, LearningRate = 1e-3 },
        _ => learner,
    };

    private static string Models(BpoSystemConfig config, string? data)
    {
        var folder = config.ModelFolder.Length > 0 ? config.ModelFolder : Path.Combine(data ?? Path.Combine("..", "shared", "data"), "mjcf");
        return Directory.Exists(folder)
            ? folder
            : throw new UserMistakeException(new Mistake("PIL1005", "The MuJoCo models are not on this machine.", folder, "Get them with: pilotage data get mjcf, or name their folder with --set modelFolder=DIR.").ToString());
    }
}
