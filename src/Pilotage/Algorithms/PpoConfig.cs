using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="Ppo"/>. Defaults: arXiv:1707.06347, table 5, where it has them; else as the comment says.</summary>
[Settings]
public sealed partial record PpoConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows; also the length of the learning rate's schedule.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 500_000;

    /// <summary>Rows that play at the same time (N). Few: correlated minibatches; many: long memory for old policies' data per update. Usual 4-64.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 4;

    /// <summary>Steps per row between updates (T). Short: advantages lean on the value's bias; long: few updates. Usual 32-2048.</summary>
    [Range(1, 1_000_000)]
    public int Horizon { get; init; } = 128;

    /// <summary>Passes over each rollout (K). 1 wastes data; above 20 the ratio leaves the clip range and learning stalls. Usual 3-10.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 4;

    /// <summary>Minibatches per pass. Must divide horizon x environment count.</summary>
    [Range(1, 65536)]
    public int Minibatches { get; init; } = 4;

    /// <summary>Step size of Adam (alpha). Too high: collapse; too low: no learning within the budget. Usual 1e-4 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 2.5e-4;

    /// <summary>Whether the step size falls linearly to zero over the run. Off: the last checkpoint wobbles.</summary>
    public bool AnnealLearningRate { get; init; } = true;

    /// <summary>Discount per step (gamma). Low: short-sighted; 1: high variance in long episodes. Usual 0.9-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Trace decay of the advantages (lambda). 0: biased by the value network; 1: noisy. Usual 0.9-0.98.</summary>
    [Range(0.0, 1.0)]
    public double TraceDecay { get; init; } = 0.95;

    /// <summary>Clip radius of the probability ratio (epsilon). Near 0: no learning; above 0.4: no trust region. Usual 0.1-0.3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Weight of the value loss (c1). The networks share no weights, so it only sets the critic's share of the gradient norm. Usual 0.5-1.</summary>
    [Range(0.0, 100.0)]
    public double ValueWeight { get; init; } = 0.5;

    /// <summary>Weight of the entropy bonus (c2). 0: may stop exploring early; above 0.1: stays random. Usual 0-0.02.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; } = 0.01;

    /// <summary>The gradient is scaled down to this Euclidean norm. Low: slow; high: no protection. Usual 0.5-1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 0.5;

    /// <summary>Whether advantages are shifted and scaled to mean 0 and deviation 1 in each minibatch.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Whether observations are shifted and scaled by their running moments; the moments are saved with the policy.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are scaled by the running deviation of the discounted return while learning; reported returns stay in the environment's unit.</summary>
    public bool NormalizeRewards { get; init; }

    /// <summary>Whether the observations' moments stand still during a rollout and learn from it at its end. Off: they learn at each step, from all rows, so rows cannot be played by workers. On: the first rollout sees raw observations.</summary>
    public bool HoldNormalization { get; init; }

    /// <summary>Width of each hidden layer of the policy and of the value network.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Standard deviation that a box's actions begin with, in half widths of the box. Small: finds nothing new; large: acts at the borders. Usual 0.1-1.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double InitialDeviation { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        var steps = (long)Horizon * EnvironmentCount;
        if (steps % Minibatches != 0)
        {
            var divisors = Enumerable.Range(1, 64).Where(d => steps % d == 0);
            yield return $"minibatches = {Minibatches} does not divide the batch of {steps} steps (horizon {Horizon} x {EnvironmentCount} environments). Use {string.Join(", ", divisors)}.";
        }
        if (steps > Steps) yield return $"steps = {Steps} is less than one batch of {steps} steps (horizon {Horizon} x {EnvironmentCount} environments). Give more steps or a shorter horizon.";
    }
}
