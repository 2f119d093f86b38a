using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="BehaviourCloning"/>.</summary>
[Settings]
public sealed partial record BehaviourCloningConfig : ISettingsRules
{
    /// <summary>Environment steps of the demonstrator that are recorded, over all rows. Few: rare states are not seen; many: slow. Usual 1e4-1e5.</summary>
    [Range(1L, 1_000_000_000L)]
    public long Steps { get; init; } = 20_000;

    /// <summary>Rows that the demonstrator plays at the same time. More rows see more beginnings of episodes.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 8;

    /// <summary>Steps per update (M). Usual 32-256.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of Adam. Usual 3e-4 to 3e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Passes over the steps at most. Few: not learned; many: only slow, since the best pass on validation steps is kept.</summary>
    [Range(1, 100_000)]
    public int Passes { get; init; } = 50;

    /// <summary>Passes without a better validation loss after which it stops. 1: chance stops it; large: slow. Usual 3-10.</summary>
    [Range(1, 100_000)]
    public int Patience { get; init; } = 5;

    /// <summary>Share of the steps that is held back to choose the best pass. Small: chosen by chance; large: less to learn from. Usual 0.1-0.2.</summary>
    [Range(0.0, 0.9, MinimumIsExclusive = true)]
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Weight of the entropy in the loss. 0: surer than the demonstrations warrant; large: does not follow them. Usual 0-0.01.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; } = 1e-3;

    /// <summary>Weight of the value loss. 0: the critic is not fitted. It shares no weights with the policy.</summary>
    [Range(0.0, 1e6)]
    public double ValueWeight { get; init; } = 0.5;

    /// <summary>Discount of the critic's returns per step (gamma). Usual 0.95-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Whether observations are brought to mean 0 and deviation 1 of the demonstrations. Off: components of small numbers are learned slowly.</summary>
    public bool NormalizeObservations { get; init; } = true;

    /// <summary>Width of each hidden layer.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Steps * (1 - ValidationShare) < BatchSize) yield return $"steps = {Steps} without the validation share of {ValidationShare} are fewer than batchSize = {BatchSize}. Record more steps or take smaller batches.";
    }
}
