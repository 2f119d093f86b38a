using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>How a policy is trained through the simulator.</summary>
[Settings]
public sealed partial record PathwiseSettings
{
    /// <summary>Scenarios to learn from (N). Too few: the policy learns their luck; the paper has 32,768 for a store, and 16 where it asks how few will do.</summary>
    [Range(1, 1_000_000)]
    public int Scenarios { get; init; } = 4096;

    /// <summary>Scenarios of one update (B), at most <see cref="Scenarios"/>. Small: noisy but quick; 1024 to 8192 in the paper.</summary>
    [Range(1, 65_536)]
    public int Batch { get; init; } = 256;

    /// <summary>Periods of a scenario (T). Short: what happens after the last period costs nothing, and is not cared for.</summary>
    [Range(2, 10_000)]
    public int Periods { get; init; } = 50;

    /// <summary>Gradient steps.</summary>
    [Range(1, 10_000_000)]
    public int Updates { get; init; } = 400;

    /// <summary>First step size of Adam. It falls linearly to a hundredth of it. Too large: orders die at 0; too small: they stay where they began. Usual 1e-3 to 1e-2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Longest gradient; longer ones are scaled down. Long paths with chains need it.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Updates between two looks at the validation scenarios, where there are any: the best of those networks is kept. 0: never, the last one counts.</summary>
    [Range(0, 1_000_000)]
    public int ValidationPeriod { get; init; }
}
