using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Exact updates on random processes (A), and BPO beside PPO on control tasks (B).</summary>
internal sealed class BpoStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly IReadOnlyList<ControlTask> _tasks;
    private readonly StudyArms _arms;

    /// <param name="tasks">Environments.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public BpoStudy(IReadOnlyList<ControlTask> tasks, BpoSystemConfig config, int seedCount, Device? device = null)
    {
        (_tasks, _arms, SeedCount) = (tasks, new(tasks, config, device), seedCount);
        Arms = _arms.All();
        Claims = new StudyClaims(tasks, config.Processes).All();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => BpoMetrics.Table(_tasks, _arms.Radius);

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Ppo;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new StudyPlots(_tasks, _arms.Radius).All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps twenty processes and one short training; paper adds MuJoCo and the released code's networks and budget.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Where the MuJoCo models are, for paper scale.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used, or MuJoCo is missing where a task needs it.</exception>
    public static BpoStudy Create(BpoSystemConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        IReadOnlyList<string> names = config.Tasks;
        if (scale == Scale.Smoke)
        {
            var batch = (long)config.Learner.Horizon * config.Learner.EnvironmentCount;
            config = config with { Processes = Math.Min(config.Processes, 20), Learner = config.Learner with { Steps = Math.Min(config.Learner.Steps, 2 * batch) } };
            names = [.. names.Take(1)];
        }
        if (scale == Scale.Paper)
        {
            config = config with { Learner = config.Learner with { Steps = Math.Max(config.Learner.Steps, 1_000_000), Hidden = [256, 256], Activation = Activation.Relu } };
            names = [.. names, .. config.PaperTasks];
        }
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Learner.Problems(), .. Symmetry(config.Learner)]);
        List<ControlTask> tasks = [.. names.Select(name => ControlTask.Find(name, config, dataFolder))];
        foreach (var task in tasks) task.Entry.Create(1, SeedTree.Root(0));             // what is missing is told before anything runs
        return new(tasks, config, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => LaptopSeeds }, device);
    }

    private static IEnumerable<string> Symmetry(BpoConfig learner)
    {
        if (learner.UpperRadius >= 1 || learner.LowerRadius != learner.UpperRadius)
            yield return FormattableString.Invariant($"learner.lowerRadius = {learner.LowerRadius} and learner.upperRadius = {learner.UpperRadius}: the study compares with PPO at the same radius, so both must be one number below 1. Use apply for a band that is not symmetric.");
    }
}
