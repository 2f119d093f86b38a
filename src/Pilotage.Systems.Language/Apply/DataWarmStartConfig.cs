using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Apply;

/// <summary>How a small model of ours learns a user's answers by imitation, until it is right sometimes.</summary>
[Settings]
public sealed partial record DataWarmStartConfig
{
    /// <summary>Updates at most.</summary>
    [Range(1, 100_000_000)]
    public int Updates { get; init; } = 2_000;

    /// <summary>Problems of an update.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of Adam.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Imitation ends when this share of validation answers is right: what is left is for learning from rewards.</summary>
    [Range(0.0, 1.0)]
    public double Target { get; init; } = 0.3;

    /// <summary>Updates between two looks at the validation problems.</summary>
    [Range(1, 1_000_000)]
    public int CheckEvery { get; init; } = 50;

    /// <summary>Numbers per token of the model, a multiple of 4.</summary>
    [Range(4, 4096)]
    public int Width { get; init; } = 64;

    /// <summary>Blocks of the model.</summary>
    [Range(1, 128)]
    public int Layers { get; init; } = 2;
}
