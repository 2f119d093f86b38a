using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="Reinforce"/>. The source has no experiment of this kind; the defaults suit small problems with episodes of some hundred steps.</summary>
[Settings]
public sealed partial record ReinforceConfig
{
    /// <summary>Environment steps in all, over all rows; also the length of the learning rate's schedule.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 500_000;

    /// <summary>Rows that play at the same time (N). Above the episodes per update, rows only wait. Usual 1-16.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 8;

    /// <summary>Whole episodes per update. Few: gradients are mostly noise; many: few updates. Usual 1-64.</summary>
    [Range(1, 1_000_000)]
    public int EpisodesPerUpdate { get; init; } = 8;

    /// <summary>Steps after which an episode that has not ended stops the run: whole episodes cannot be learned from where there are none.</summary>
    [Range(1, 100_000_000)]
    public int LongestEpisode { get; init; } = 100_000;

    /// <summary>Whether a value network is subtracted from the returns, and says what follows a time limit. Off: much noisier, and what would follow a time limit counts as nothing.</summary>
    public bool Baseline { get; init; } = true;

    /// <summary>Step size of Adam (alpha). Too high: the policy collapses to one action; too low: no learning within the budget. Usual 3e-4 to 1e-2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Whether the step size falls linearly to zero over the run. Off: the last checkpoint wobbles.</summary>
    public bool AnnealLearningRate { get; init; } = true;

    /// <summary>Discount per step (gamma). Low: short-sighted; 1: the undiscounted return of the source, noisy in long episodes. Usual 0.95-1.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Weight of half the squared error of the baseline. The networks share no weights, so it only sets its share of the gradient norm. Usual 0.5-1.</summary>
    [Range(0.0, 100.0)]
    public double ValueWeight { get; init; } = 1;

    /// <summary>Weight of the entropy bonus. 0: may stop exploring early; above 0.1: stays random. Usual 0-0.02.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; }

    /// <summary>The gradient is scaled down to this Euclidean norm. Low: slow; high: no protection. Usual 0.5-1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 0.5;

    /// <summary>Whether what weighs the actions is shifted and scaled to mean 0 and deviation 1 in each update; the mean is then a baseline of its own.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Whether observations are shifted and scaled by their running moments; the moments are saved with the policy.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are scaled by the running deviation of the discounted return while learning; reported returns stay in the environment's unit. Off: large returns take the whole gradient norm for the critic.</summary>
    public bool NormalizeRewards { get; init; } = true;

    /// <summary>Width of each hidden layer of the policy and of the value network.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Standard deviation that a box's actions begin with, in half widths of the box. Small: finds nothing new; large: acts at the borders. Usual 0.1-1.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double InitialDeviation { get; init; } = 1;
}
