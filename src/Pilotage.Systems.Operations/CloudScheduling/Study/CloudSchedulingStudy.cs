using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Rules, learners and claims of the four settings as one comparison.</summary>
internal sealed class CloudSchedulingStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly IReadOnlyList<IStudyPart> _parts;

    /// <param name="parts">The settings that are run.</param>
    /// <param name="seedCount">Training seeds of each arm.</param>
    public CloudSchedulingStudy(IReadOnlyList<IStudyPart> parts, int seedCount)
    {
        (_parts, SeedCount) = (parts, seedCount);
        Arms =
        [
            .. parts.SelectMany(part => part.Arms.Select(arm => (Part: part, Arm: arm))).GroupBy(pair => pair.Arm.Name).OrderBy(arms => arms.First().Arm.Kind).Select(arms => new Arm(arms.Key, arms.First().Arm.Kind,
                (trial, cancellation) => [.. arms.SelectMany(pair => pair.Arm.Run(trial.Seeds.Branch(pair.Part.Name), cancellation))])),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims => [.. _parts.SelectMany(part => part.Claims)];

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [.. _parts.SelectMany(part => part.Metrics)];

    /// <inheritdoc/>
    public string ReferenceArm => Arms.Any(arm => arm.Name == "fifo") ? "fifo" : ConsolidationPart.Static;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => StudyPlots.All(outcome.Results, Arms);

    /// <summary>Shrinks or widens the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke: few sequences, short training.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Folder with <c>cloud-scheduling/</c>; <see langword="null"/> makes jobs and traces up.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Settings contradict each other, or data cannot be used.</exception>
    public static CloudSchedulingStudy Create(CloudSchedulingConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        if (scale == Scale.Smoke) config = Smoke(config);
        if (scale == Scale.Paper) config = Paper(config);
        var parts = config.Parts.Select(part => part switch
        {
            CloudSchedulingConfig.Assignment => (IStudyPart)new AssignmentPart(config, device),
            CloudSchedulingConfig.Packing => new PackingPart(config, device),
            CloudSchedulingConfig.Dags => new DagPart(config, DagShapes.Of(dataFolder, config.Graphs.Sizes), device),
            _ => new ConsolidationPart(config, Trace(dataFolder, CpuTrace.TrainingFile, config), Trace(dataFolder, CpuTrace.TestFile, config), device),
        });
        return new([.. parts], seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds));
    }

    private static CpuTrace Trace(string? dataFolder, string file, CloudSchedulingConfig config) => dataFolder is null
        ? CpuTrace.Generated(4 * config.Hosts.VirtualMachines, config.Hosts.Steps, SeedTree.Root(0).Branch(file))
        : CpuTrace.Read(DagShapes.PathOf(dataFolder, file), config.Hosts.Steps);

    private static CloudSchedulingConfig Smoke(CloudSchedulingConfig config) => config with
    {
        Sequences = Math.Min(config.Sequences, 3),
        Tasks = config.Tasks with { Tasks = Math.Min(config.Tasks.Tasks, 60) },
        Jobs = config.Jobs with { Jobs = Math.Min(config.Jobs.Jobs, 20) },
        Graphs = config.Graphs with { Jobs = Math.Min(config.Graphs.Jobs, 4) },
        Hosts = config.Hosts with { Hosts = Math.Min(config.Hosts.Hosts, 10), VirtualMachines = Math.Min(config.Hosts.VirtualMachines, 30), Steps = Math.Min(config.Hosts.Steps, 48), TestDays = 2 },
        Dqn = config.Dqn with { Steps = Math.Min(config.Dqn.Steps, 1500), LearningStarts = Math.Min(config.Dqn.LearningStarts, 500) },
        Ppo = config.Ppo with { Steps = Math.Min(config.Ppo.Steps, 2 * 2048) },
        QueuePpo = config.QueuePpo with { Steps = Math.Min(config.QueuePpo.Steps, 2 * 2048) },
        A2c = config.A2c with { Steps = Math.Min(config.A2c.Steps, 4096) },
        Sac = config.Sac with { Steps = Math.Min(config.Sac.Steps, 1200), LearningStarts = Math.Min(config.Sac.LearningStarts, 800) },
        Td3 = config.Td3 with { Steps = Math.Min(config.Td3.Steps, 1200), LearningStarts = Math.Min(config.Td3.LearningStarts, 800) },
        Ddpg = config.Ddpg with { Steps = Math.Min(config.Ddpg.Steps, 1200), LearningStarts = Math.Min(config.Ddpg.LearningStarts, 800) },
        RulePpo = config.RulePpo with { Steps = Math.Min(config.RulePpo.Steps, 2048) },
        Reinforce = config.Reinforce with { Steps = Math.Min(config.Reinforce.Steps, 3000) },
        PackingPpo = config.PackingPpo with { Steps = Math.Min(config.PackingPpo.Steps, 2048) },
        Graph = config.Graph with { Iterations = Math.Min(config.Graph.Iterations, 1), Rollouts = 2 },
        HostPpo = config.HostPpo with { Steps = Math.Min(config.HostPpo.Steps, 1024) },
    };

    private static CloudSchedulingConfig Paper(CloudSchedulingConfig config) => config with
    {
        Graphs = config.Graphs with { Jobs = 20, Executors = 20 },
        Graph = config.Graph with { Iterations = 10 * config.Graph.Iterations, Rollouts = 16 },
        Ppo = config.Ppo with { Steps = 10 * config.Ppo.Steps },
        QueuePpo = config.QueuePpo with { Steps = 10 * config.QueuePpo.Steps },
        A2c = config.A2c with { Steps = 10 * config.A2c.Steps },
        Dqn = config.Dqn with { Steps = 10 * config.Dqn.Steps },
        Sac = config.Sac with { Steps = 10 * config.Sac.Steps },
        Td3 = config.Td3 with { Steps = 10 * config.Td3.Steps },
        Ddpg = config.Ddpg with { Steps = 10 * config.Ddpg.Steps },
        RulePpo = config.RulePpo with { Steps = 10 * config.RulePpo.Steps },
        Reinforce = config.Reinforce with { Steps = 10 * config.Reinforce.Steps },
        PackingPpo = config.PackingPpo with { Steps = 10 * config.PackingPpo.Steps },
        HostPpo = config.HostPpo with { Steps = 10 * config.HostPpo.Steps },
    };
}
