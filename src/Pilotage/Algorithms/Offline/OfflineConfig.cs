using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>Settings of <see cref="OfflineLearner"/> and of the nine objectives that it serves. Defaults: the code of arXiv:2111.04714 (github.com/ml-jku/OfflineRL), but for the number of updates.</summary>
[Settings]
public sealed partial record OfflineConfig
{
    /// <summary>Gradient steps in all. Few: not learned; many: only slow, for there is nothing to overrun but the data. The source takes five for each transition.</summary>
    [Range(1L, 1_000_000_000L)]
    public long Steps { get; init; } = 50_000;

    /// <summary>Transitions per update (M). Usual 32-256.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of Adam. Usual 1e-4 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Discount per step (gamma). Usual 0.95-0.999; not read by cloning.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Updates between two copies of the weights to the target network (C). Short: unstable; long: slow. Usual 10-10000.</summary>
    [Range(1, 1_000_000)]
    public int TargetPeriod { get; init; } = 100;

    /// <summary>Width of each hidden layer.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256, 256];

    /// <summary>After each hidden layer. Weights begin normal with variance 1/inputs, which <c>selu</c> is made for.</summary>
    public Activation Activation { get; init; } = Activation.Selu;

    /// <summary>Quantiles of each action's return (N), for qr-dqn. Few: coarse; many: slow. Usual 20-200.</summary>
    [Range(1, 10_000)]
    public int Quantiles { get; init; } = 50;

    /// <summary>Heads of the ensemble (K), for rem. Few: little to mix; many: slow. Usual 10-200.</summary>
    [Range(1, 10_000)]
    public int Heads { get; init; } = 200;

    /// <summary>What an action's probability must be above, as a share of the most probable one's (tau), for bcq. 0: Q-learning; near 1: cloning. Usual 0.3.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double AllowedShare { get; init; } = 0.3;

    /// <summary>Weight of the mean squared logit of bcq's imitation, which keeps it from certainty.</summary>
    [Range(0.0, 1e6)]
    public double LogitWeight { get; init; } = 0.01;

    /// <summary>Weight of cql's penalty (alpha). 0: Q-learning; large: cloning. Usual 0.1-5.</summary>
    [Range(0.0, 1e6)]
    public double PenaltyWeight { get; init; } = 0.1;

    /// <summary>Actions that crr draws to tell what a state is worth (m). Few: noisy. Usual 4.</summary>
    [Range(1, 1000)]
    public int DrawnActions { get; init; } = 4;
}
