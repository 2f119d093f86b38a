using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Algorithms.Tabular;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Settings of cloud autoscaling: the service, what is compared, and the learners. The survey gives no constants; each default is an assumption with its reason.</summary>
[Settings]
public sealed partial record CloudAutoscalingConfig : ISettingsRules
{
    /// <summary>The simulated service: capacity, price, boot time, service level, bounds, reward weights.</summary>
    public ServiceSettings Service { get; init; } = new();

    /// <summary>Boot delays of the study, in steps (D). Claims speak of the one nearest 3 and of the longest; a delay of 1, where nothing is claimed, is left to <c>delays=[1, 3, 10]</c>.</summary>
    [Range(0, 120)]
    public IReadOnlyList<int> Delays { get; init; } = [3, 10];

    /// <summary>A second weight of violations (w_v), at which claims a and b are measured again: the first makes it cheap to give in on peaks. 0: not measured again.</summary>
    [Range(0.0, 1e6)]
    public double HeavyViolationWeight { get; init; } = 20;

    /// <summary>How often the tabular learners live through the training days in the study. The default is the number of settings that a rule is tuned over: equal budgets.</summary>
    [Range(1, 1000)]
    public int TrainingPasses { get; init; } = RuleTuning.Combinations;

    /// <summary>The tabular learners. In the study their steps follow from the training days and the passes.</summary>
    public TabularConfig Tabular { get; init; } = new() { VisitExponent = 0.6, IterationSteps = 1440 };

    /// <summary>Deep Q-learning. Target period and bootstrap steps were chosen on the last fifth of the training days.</summary>
    public DqnConfig Dqn { get; init; } = new() { Steps = 200_000, Discount = 0.98, TrainPeriod = 4, TargetPeriod = 200, BootstrapSteps = 3 };

    /// <summary>Proximal policy optimisation. No more steps than tuning a rule simulates on the shortest trace. Step size, epochs and normalisation were chosen on the last fifth of the training days.</summary>
    public PpoConfig Ppo { get; init; } = new()
    {
        Steps = 600_000, EnvironmentCount = 8, Horizon = 256, Epochs = 4, Minibatches = 32, LearningRate = 2e-3, Discount = 0.98, EntropyWeight = 0.005,
        NormalizeObservations = true, NormalizeRewards = true,
    };

    /// <summary>Advantage actor-critic. Steps, rows, discount, entropy and normalisation as of <see cref="Ppo"/>; the rest as its authors have it, but for a longer horizon.</summary>
    public A2cConfig A2c { get; init; } = new()
    {
        Steps = 600_000, EnvironmentCount = 8, Horizon = 16, AnnealLearningRate = true, Discount = 0.98, TraceDecay = 0.95, EntropyWeight = 0.005,
        NormalizeObservations = true, NormalizeRewards = true,
    };

    /// <summary>Soft actor-critic on a wanted number of machines, a real number. Sizes as of the other networks; one update for sixteen steps.</summary>
    public SacConfig Sac { get; init; } = new()
    {
        Steps = 200_000, EnvironmentCount = 8, Capacity = 50_000, BatchSize = 128, LearningStarts = 2000, TrainPeriod = 2, LearningRate = 1e-3, Discount = 0.98, TargetRate = 0.01, Hidden = [64, 64],
    };

    /// <summary>Jobs on rented machines, with deadlines and a spot market: the second simulator.</summary>
    public JobSettings Jobs { get; init; } = new();

    /// <summary>Proximal policy optimisation on jobs. Steps are no more than tuning a rule simulates; step size and entropy weight were chosen on validation jobs.</summary>
    public PpoConfig JobPpo { get; init; } = new()
    {
        Steps = 53_248, EnvironmentCount = 8, Horizon = 128, Epochs = 4, Minibatches = 8, LearningRate = 3e-3, Discount = 1, EntropyWeight = 0.003,
        NormalizeObservations = true, NormalizeRewards = true,
    };

    /// <summary>Deep Q-learning on jobs, one choice among all combinations of additions. Steps as of <see cref="JobPpo"/>.</summary>
    public DqnConfig JobDqn { get; init; } = new() { Steps = 53_248, Discount = 1, TrainPeriod = 4, TargetPeriod = 200, BootstrapSteps = 3 };

    /// <summary>Apply: share of the days kept for the final figures, the last ones.</summary>
    [Range(0.05, 0.8)]
    public double TestShare { get; init; } = 0.25;

    /// <summary>Apply: share of the days on which policies are chosen, those before the test days.</summary>
    [Range(0.05, 0.8)]
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Apply: training seeds per learner. 1 shows that it works; intervals over seeds need several.</summary>
    [Range(1, 100)]
    public int ApplySeeds { get; init; } = 3;

    /// <summary>Apply: whether PPO is trained too. Takes seconds per seed; off, rules and Q-learning compete alone.</summary>
    public bool ApplyPpo { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Delays.Count == 0) yield return "delays is empty. Give at least one boot delay in steps, for example [1, 3, 10].";
        if (Delays.Distinct().Count() != Delays.Count) yield return $"delays = [{string.Join(", ", Delays)}] names a delay twice. Name each once.";
        if (TestShare + ValidationShare > 0.9) yield return $"testShare = {TestShare} and validationShare = {ValidationShare} leave less than a tenth of the days for training. Lower one of them.";
    }
}
