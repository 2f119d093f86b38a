using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Settings of <see cref="Bpo"/>. Defaults: the authors' released code for MuJoCo, but for smaller networks; else as the comment says.</summary>
[Settings]
public sealed partial record BpoConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows; also the length of the learning rate's schedule.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 1_000_000;

    /// <summary>Rows that play at the same time (N). Few: correlated minibatches; many: long memory for old policies' data per update. 1 for MuJoCo, 8 for Atari in the released code.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Steps per row between updates (T). Short: noisy medians; long: few updates. Usual 128-2048.</summary>
    [Range(1, 1_000_000)]
    public int Horizon { get; init; } = 2048;

    /// <summary>Passes over each rollout (K). 1 wastes data; the loss pulls ratios back into the band, so 10 do no harm. Usual 4-10.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 10;

    /// <summary>Minibatches per pass. Must divide horizon x environment count. 32 of 64 steps in the released code.</summary>
    [Range(1, 65536)]
    public int Minibatches { get; init; } = 32;

    /// <summary>Step size of Adam (alpha). Too high: collapse; too low: no learning within the budget. Usual 1e-4 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Whether the step size falls linearly to zero over the run. Off in the released code.</summary>
    public bool AnnealLearningRate { get; init; }

    /// <summary>Discount per step (gamma). Low: short-sighted; 1: high variance in long episodes. Usual 0.9-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Trace decay of the returns (lambda of the advantage estimate). 0: biased by the value network; 1: noisy. Usual 0.9-0.98.</summary>
    [Range(0.0, 1.0)]
    public double TraceDecay { get; init; } = 0.95;

    /// <summary>Radius of the ratio's band below 1 (epsilon_l). Near 0: no learning; 1 or more: the target would be no probability. Usual 0.2-0.3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.3;

    /// <summary>Radius of the band above 1 (epsilon_h). Near 0: no learning; far above the lower one: few actions are raised, and by much, as in the cross-entropy method. Usual 0.2-0.4.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.3;

    /// <summary>Temperature of the target (lambda), in the unit of the returns: small gives the ends of the band; large beside the advantages gives targets near 1 and no learning; 1e-8 is the sign alone. Usual 1e-4 to 1e-2.</summary>
    [Range(1e-8, 1e6)]
    public double Temperature { get; init; } = 1e-3;

    /// <summary>Whether the target's sign is taken around the learned median of the returns (u); off, around V. The paper's ablation found no difference.</summary>
    public bool UseMedian { get; init; } = true;

    /// <summary>Over which width the median is smoothed.</summary>
    public MedianScale MedianScale { get; init; } = MedianScale.One;

    /// <summary>How far the ratio is from its target.</summary>
    public RatioLoss Loss { get; init; } = RatioLoss.Atv;

    /// <summary>Which advantage weighs the loss; without effect on the losses that have no weight.</summary>
    public AdvantageSource Advantage { get; init; } = AdvantageSource.Online;

    /// <summary>Weight of half the mean squared error of V: 1 is the released code's 0.5, whose error is not halved. The networks share one gradient norm. Usual 0.5-1.</summary>
    [Range(0.0, 100.0)]
    public double ValueWeight { get; init; } = 1;

    /// <summary>Weight of the median's loss. Small: u lags behind the returns; large: takes the shared layers from V. Usual 0.5.</summary>
    [Range(0.0, 100.0)]
    public double MedianWeight { get; init; } = 0.5;

    /// <summary>Weight of the entropy bonus (c_H). 0 in the released code; above 0.1: stays random.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; }

    /// <summary>The gradient is scaled down to this Euclidean norm. Low: slow; high: no protection. Usual 0.5-1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Whether observations are shifted and scaled by their running moments; the moments are saved with the policy.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are scaled by the running deviation of the discounted return while learning. The temperature and the median's width are then in units of that deviation.</summary>
    public bool NormalizeRewards { get; init; }

    /// <summary>Width of each hidden layer of the policy, of the value network and of the median's head on it. 256-256 in the released code.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer. ReLU in the released code.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Standard deviation that a box's actions begin with, in half widths of the box. Small: finds nothing new; large: acts at the borders. Usual 0.1-1.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double InitialDeviation { get; init; } = 1;

    /// <summary>Mass of the target's upper end, by normalisation: epsilon_l / (epsilon_l + epsilon_h); a half in a symmetric band.</summary>
    internal float UpperShare => (float)(LowerRadius / (LowerRadius + UpperRadius));

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
        if (Hidden.Count == 0) yield return "hidden is empty. The median's head stands on the value network's last hidden layer: give at least one width, for example [64, 64].";
    }
}
