using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Symphony beside SAC, rules and its own ablations, on the same tasks, seeds and tests: what is learned, and how gentle learning is.</summary>
internal sealed class SymphonyStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly SymphonyPlots _plots;

    /// <param name="tasks">At least one.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public SymphonyStudy(IReadOnlyList<SymphonyTask> tasks, int seedCount, Device? device = null)
    {
        _plots = new(tasks);
        (Arms, Claims, Metrics, SeedCount) = (new SymphonyArms(tasks, device).All(), new SymphonyClaims(tasks).All(), SymphonyMetrics.Table(tasks), seedCount);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public string ReferenceArm => SymphonyArms.Rule;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Finds the tasks, shrinks or grows them to the scale, and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke: seconds. Paper: the published sizes.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Folder of MuJoCo models; <see langword="null"/> leaves the pendulum alone.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Settings do not go together, or MuJoCo or its models are missing.</exception>
    public static SymphonyStudy Create(SymphonyStudyConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        config = Sized(config, scale);
        var pendulum = Task("Pendulum-v1", "Pendulum", config.PendulumSteps, config.PendulumSac, config.PendulumTd3, allAblations: true);
        SymphonyTask[] tasks = dataFolder is null ? [pendulum] : [pendulum, Task(config.Walker, config.Walker.Split('-')[0], config.WalkerSteps, config.WalkerSac, config.WalkerTd3, config.AblateWalker)];
        UserMistakeException.ThrowIfAny([.. tasks.SelectMany(task => task.Method.Problems().Concat(task.Sac.Problems()).Concat(task.Td3.Problems())).Distinct()]);
        foreach (var task in tasks) task.Entry.Create(1, SeedTree.Root(0));                // what is missing is told before anything runs
        return new(tasks, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => LaptopSeeds }, device);

        SymphonyTask Task(string name, string title, int steps, SacConfig sac, Td3Config td3, bool allAblations) =>
            new(SymphonyTask.Find(name, dataFolder), title, config.Method with { Steps = steps }, sac with { Steps = steps }, td3 with { Steps = steps }, allAblations, config.Tests, config.TestEpisodes);
    }

    private static SymphonyStudyConfig Sized(SymphonyStudyConfig config, Scale scale) => scale switch
    {
        Scale.Smoke => config with
        {
            Method = config.Method with { Hidden = Math.Min(config.Method.Hidden, 16), ExplorationSteps = Math.Min(config.Method.Exploration, 300), Repeats = Math.Min(config.Method.Copies, 4) },
            PendulumSac = config.PendulumSac with { Hidden = [16], BatchSize = Math.Min(config.PendulumSac.BatchSize, 32) },
            WalkerSac = config.WalkerSac with { Hidden = [16], BatchSize = Math.Min(config.WalkerSac.BatchSize, 32), LearningStarts = Math.Min(config.WalkerSac.LearningStarts, 300) },
            PendulumTd3 = config.PendulumTd3 with { Hidden = [16], BatchSize = Math.Min(config.PendulumTd3.BatchSize, 32), LearningStarts = Math.Min(config.PendulumTd3.LearningStarts, 300) },
            WalkerTd3 = config.WalkerTd3 with { Hidden = [16], BatchSize = Math.Min(config.WalkerTd3.BatchSize, 32), LearningStarts = Math.Min(config.WalkerTd3.LearningStarts, 300) },
            PendulumSteps = Math.Min(config.PendulumSteps, 800),
            WalkerSteps = Math.Min(config.WalkerSteps, 1200),
            Tests = Math.Min(config.Tests, 2),
            TestEpisodes = Math.Min(config.TestEpisodes, 1),
        },
        Scale.Paper => config with
        {
            Method = new() { Variant = config.Method.Variant },
            PendulumSac = config.PendulumSac with { Hidden = [512, 512], BatchSize = 256 },
            WalkerSac = new() { LearningStarts = 10_000, Hidden = [512, 512] },
            PendulumTd3 = config.PendulumTd3 with { Hidden = [512, 512], BatchSize = 256 },
            WalkerTd3 = new() { LearningStarts = 10_000, Hidden = [512, 512] },
            AblateWalker = true,
            PendulumSteps = 10 * config.PendulumSteps,
            WalkerSteps = 500_000,
            Tests = 200,
            TestEpisodes = 25,
        },
        _ => config,
    };
}
