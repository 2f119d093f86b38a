using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Settings of the scheduling bench: four settings of the survey, and the learners that it reviews. The survey gives no constants; each default is an assumption.</summary>
[Settings]
public sealed partial record CloudSchedulingConfig : ISettingsRules
{
    internal const string Assignment = "assignment", Packing = "packing", Dags = "dags", Consolidation = "consolidation";

    /// <summary>Parts of the study that are run: assignment (A), packing (B), dags (C), consolidation (D). Several processes may share the work.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [Assignment, Packing, Dags, Consolidation];

    /// <summary>Setting A: independent tasks for machines of three classes.</summary>
    public AssignmentSettings Tasks { get; init; } = new() { Rules = new() { QueueOrder = QueueOrder.Shortest } };

    /// <summary>Setting B: packing jobs that need two resources.</summary>
    public PackingSettings Jobs { get; init; } = new();

    /// <summary>Setting C: jobs of many stages.</summary>
    public DagSettings Graphs { get; init; } = new() { Jobs = 10, Executors = 10 };

    /// <summary>Setting D: virtual machines on hosts.</summary>
    public ConsolidationSettings Hosts { get; init; } = new();

    /// <summary>Test sequences of each training seed, and as many validation sequences.</summary>
    [Range(2, 10_000)]
    public int Sequences { get; init; } = 20;

    /// <summary>Deep Q-learning in A; double, dueling and prioritised in a second arm.</summary>
    public DqnConfig Dqn { get; init; } = new() { Steps = 48_000, EnvironmentCount = 4, LearningStarts = 1000, TrainPeriod = 1, LearningRate = 1e-3, AnnealLearningRate = true, Discount = 0.97, BootstrapSteps = 3, DoubleQ = false, TargetPeriod = 250, Hidden = [32, 32] };

    /// <summary>Proximal policy optimisation in A. Length, step size, discount and entropy weight were chosen on validation sequences of another root seed.</summary>
    public PpoConfig Ppo { get; init; } = new()
    {
        Steps = 327_680, EnvironmentCount = 16, Horizon = 64, Epochs = 4, Minibatches = 8, LearningRate = 3e-3, Discount = 0.99, EntropyWeight = 0.001, NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>Proximal policy optimisation that chooses tasks from one queue in A; chosen as above.</summary>
    public PpoConfig QueuePpo { get; init; } = new()
    {
        Steps = 327_680, EnvironmentCount = 16, Horizon = 128, Epochs = 4, Minibatches = 8, LearningRate = 1e-3, Discount = 0.97, EntropyWeight = 0.001, NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>Advantage actor-critic in A (A3C as parallel A2C).</summary>
    public A2cConfig A2c { get; init; } = new()
    {
        Steps = 327_680, EnvironmentCount = 16, Horizon = 16, Optimizer = A2cOptimizer.Adam, LearningRate = 2e-3, AnnealLearningRate = true, Discount = 0.97, TraceDecay = 0.95, EntropyWeight = 0.001,
        NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>Soft actor-critic in A, on a number for each machine of which the largest wins. A reward is some tenths: at a temperature of 1 the entropy would outweigh it.</summary>
    public SacConfig Sac { get; init; } = new()
    {
        Steps = 40_000, EnvironmentCount = 4, Capacity = 50_000, BatchSize = 128, LearningStarts = 1000, TrainPeriod = 2, LearningRate = 1e-3, Discount = 0.9, TargetRate = 0.01, Temperature = 0.02, EntropyPerDimension = 0, Hidden = [64, 64],
    };

    /// <summary>Twin delayed deep deterministic policy gradient in A, on the same numbers.</summary>
    public Td3Config Td3 { get; init; } = new()
    {
        Steps = 40_000, EnvironmentCount = 4, Capacity = 50_000, BatchSize = 128, LearningStarts = 1000, TrainPeriod = 2, LearningRate = 1e-3, Discount = 0.95, TargetRate = 0.01, ExplorationNoise = 0.6, TargetNoise = 0.5, Hidden = [64, 64],
    };

    /// <summary>Deep deterministic policy gradient in A, on the same numbers.</summary>
    public DdpgConfig Ddpg { get; init; } = new()
    {
        Steps = 40_000, EnvironmentCount = 4, Capacity = 50_000, BatchSize = 128, LearningStarts = 1000, TrainPeriod = 2, LearningRate = 1e-3, ActorLearningRate = 1e-3, Discount = 0.95, TargetRate = 0.01, ExplorationNoise = 0.6, Hidden = [64, 64],
    };

    /// <summary>Proximal policy optimisation that chooses a rule at each decision in A (hyper-heuristic).</summary>
    public PpoConfig RulePpo { get; init; } = new()
    {
        Steps = 327_680, EnvironmentCount = 16, Horizon = 128, Epochs = 4, Minibatches = 8, LearningRate = 1e-3, Discount = 0.99, EntropyWeight = 0.001, NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>REINFORCE in B.</summary>
    public ReinforceConfig Reinforce { get; init; } = new() { Steps = 120_000, EnvironmentCount = 16, EpisodesPerUpdate = 16, LearningRate = 3e-3, Discount = 0.99, Hidden = [32, 32] };

    /// <summary>Proximal policy optimisation in B.</summary>
    public PpoConfig PackingPpo { get; init; } = new()
    {
        Steps = 122_880, EnvironmentCount = 16, Horizon = 128, Epochs = 4, Minibatches = 8, LearningRate = 1e-3, Discount = 0.99, EntropyWeight = 0.003, NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>The graph network in C.</summary>
    public GraphTraining Graph { get; init; } = new();

    /// <summary>Proximal policy optimisation in D: limits for the whole fleet. A rollout is a day; length, step size, discount and entropy weight were chosen on draws of the training day under root seed 987654.</summary>
    public PpoConfig HostPpo { get; init; } = new()
    {
        Steps = 230_400, EnvironmentCount = 8, Horizon = 288, Epochs = 4, Minibatches = 9, LearningRate = 3e-3, Discount = 0.99, EntropyWeight = 0.005, Hidden = [32, 32],
    };

    /// <summary>A user's own cluster.</summary>
    public SchedulingApplySettings Apply { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        string[] known = [Assignment, Packing, Dags, Consolidation];
        if (Parts.Count == 0 || Parts.Distinct().Count() != Parts.Count || Parts.Any(part => !known.Contains(part)))
            yield return $"parts = [{string.Join(", ", Parts)}] must name some of {string.Join(", ", known)}, each once.";
        foreach (var problem in Tasks.Problems().Concat(Tasks.Rules.Problems())) yield return problem;
    }
}
