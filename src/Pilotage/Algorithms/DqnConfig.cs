using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="Dqn"/>. The defaults suit small problems of ten thousands of steps; the paper's are for millions of frames of pixels.</summary>
[Settings]
public sealed partial record DqnConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows; also the length that exploration's schedule is a share of.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 100_000;

    /// <summary>Rows that play at the same time (N). Usual 1-8.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Transitions kept in replay. Small: forgets, correlated; large: learns from policies long gone. Usual 1e4 to 1e6.</summary>
    [Range(1, 100_000_000)]
    public int Capacity { get; init; } = 50_000;

    /// <summary>Transitions per update (M). Usual 32-256.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Steps before the first update. Too few: learns from next to nothing; too many: wastes the budget. Usual 1 to 10 % of the steps.</summary>
    [Range(1, 1_000_000_000)]
    public int LearningStarts { get; init; } = 1_000;

    /// <summary>Vector steps between two bursts of updates. Long bursts act on stale values for longer, but learn from more varied data. Usual 1-256.</summary>
    [Range(1, 100_000)]
    public int TrainPeriod { get; init; } = 1;

    /// <summary>Updates in a burst. Updates per step above 1 risk overfitting the replay; below 1/8 waste it.</summary>
    [Range(1, 100_000)]
    public int UpdatesPerPeriod { get; init; } = 1;

    /// <summary>Updates between two copies of the weights to the target network (C). Short: unstable; long: slow. Usual 10-10000.</summary>
    [Range(1, 1_000_000)]
    public int TargetPeriod { get; init; } = 500;

    /// <summary>Step size of Adam. Usual 1e-4 to 2e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Whether the step size falls linearly to zero over the run. Off: the last checkpoint wobbles.</summary>
    public bool AnnealLearningRate { get; init; }

    /// <summary>Discount per step (gamma). Usual 0.95-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Steps summed before bootstrapping (n). 1: biased by the network; above 10: off-policy error. Usual 1-5.</summary>
    [Range(1, 1000)]
    public int BootstrapSteps { get; init; } = 1;

    /// <summary>Whether the online network chooses the next action and the target network values it, which takes away most of the overestimation.</summary>
    public bool DoubleQ { get; init; } = true;

    /// <summary>Whether values are split into that of the state and the actions' advantages. Helps where most states are good or bad whatever is done; needs at least one hidden layer to differ.</summary>
    public bool Dueling { get; init; }

    /// <summary>How transitions are drawn from replay.</summary>
    public PriorityConfig Priority { get; init; } = new();

    /// <summary>Probability of a uniform action at the start (epsilon).</summary>
    [Range(0.0, 1.0)]
    public double InitialExploration { get; init; } = 1;

    /// <summary>Probability of a uniform action at the end. 0 stops learning of other actions; above 0.1 hides what was learned. Usual 0.01-0.1.</summary>
    [Range(0.0, 1.0)]
    public double FinalExploration { get; init; } = 0.05;

    /// <summary>Share of the steps over which exploration falls linearly. Usual 0.1-0.5.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ExplorationShare { get; init; } = 0.5;

    /// <summary>The gradient is scaled down to this Euclidean norm. Usual 1-10.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 10;

    /// <summary>
    /// Whether the next burst is played while the last one is learned from, with weights that lag by one burst of updates. The same bits on one thread; with <c>--threads 2</c> the
    /// environment's time is hidden behind the updates. Pays where a step of the environment takes long.
    /// </summary>
    public bool Overlap { get; init; }

    /// <summary>Width of each hidden layer.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (FinalExploration > InitialExploration) yield return $"finalExploration = {FinalExploration} is above initialExploration = {InitialExploration}. Exploration falls; exchange them or make them equal.";
        if (LearningStarts > Steps) yield return $"learningStarts = {LearningStarts} is above steps = {Steps}: nothing would be learned. Give more steps or start earlier.";
        if (BatchSize > Capacity) yield return $"batchSize = {BatchSize} is above capacity = {Capacity}: a batch would hold every transition more than once. Lower batchSize or raise capacity.";
    }
}
