using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Settings of <see cref="R2vpoControl"/>; PPO beside it takes what they share. Defaults: those of PPO for classic control.</summary>
[Settings]
public sealed partial record R2vpoControlConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 61_440;

    /// <summary>Rows that play at the same time (N). Few: correlated minibatches; many: long memory for old policies' data per update. Usual 4-64.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 8;

    /// <summary>Steps per row between updates (T). Short: advantages lean on the value's bias; long: few updates. Usual 128-2048.</summary>
    [Range(1, 1_000_000)]
    public int Horizon { get; init; } = 256;

    /// <summary>Passes over each rollout (K). 1 wastes data; many: ratios drift, and the multiplier must hold them. Usual 4-10.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 10;

    /// <summary>Minibatches per pass. Must divide horizon x environment count.</summary>
    [Range(1, 65536)]
    public int Minibatches { get; init; } = 32;

    /// <summary>Step size of Adam (alpha). Too high: collapse; too low: no learning within the budget. Usual 1e-4 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Discount per step (gamma). Low: short-sighted; 1: high variance in long episodes. Usual 0.9-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Trace decay of the advantages (lambda of their estimate). 0: biased by the value network; 1: noisy. Usual 0.9-0.98.</summary>
    [Range(0.0, 1.0)]
    public double TraceDecay { get; init; } = 0.95;

    /// <summary>The bound on the ratio's variance.</summary>
    public RatioVarianceConfig Constraint { get; init; } = new() { MultiplierRate = 0.1 };

    /// <summary>Weight of half the mean squared error of V. The networks share no weights, so it only sets the critic's share of the gradient norm. Usual 0.5-1.</summary>
    [Range(0.0, 100.0)]
    public double ValueWeight { get; init; } = 1;

    /// <summary>Weight of the entropy bonus. 0: may stop exploring early; above 0.1: stays random. Usual 0-0.02.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; }

    /// <summary>The gradient is scaled down to this Euclidean norm. Low: slow; high: no protection. Usual 0.5-1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 0.5;

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
        if (Constraint.Scope == ConstraintScope.PerAge) yield return "constraint.scope = perAge: control learns from fresh rollouts alone, whose samples have one age. Use global.";
    }
}
