using System.ComponentModel.DataAnnotations;
using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Testing.Settings;

/// <summary>A settings record with a field of each kind, for tests of <see cref="SettingsBinder"/> and the texts around it.</summary>
[Settings]
public sealed partial record SampleSettings : ISettingsRules
{
    /// <summary>Steps per row and iteration (T). Short: biased credit; long: stale data. Usual 128-2048.</summary>
    [Range(1, 100_000)]
    public int Horizon { get; init; } = 128;

    /// <summary>Minibatches per epoch. Must divide <see cref="Horizon"/>.</summary>
    [Range(1, 4096)]
    public int Minibatches { get; init; } = 4;

    /// <summary>Environment steps in all.</summary>
    [Range(1L, double.MaxValue)]
    public long Steps { get; init; } = 100_000;

    /// <summary>Size of a step of the optimiser.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float LearningRate { get; init; } = 0.1f;

    /// <summary>Whether advantages are <c>normalised</c> | shifted.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Activation of the hidden layers.</summary>
    [AllowedValues("tanh", "relu")]
    public string Activation { get; init; } = "tanh";

    /// <summary>A note for
    /// the report.</summary>
    public string? Note { get; init; }

    /// <summary>How much to run.</summary>
    public Scale Scale { get; init; } = Scale.Smoke;

    /// <summary>Largest norm of the gradient; null for no limit.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? MaximumNorm { get; init; } = 0.5;

    /// <summary>Widths of the hidden layers.</summary>
    [Range(1, 65_536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>Tags of the run.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Settings of the clipped objective.</summary>
    public SampleObjectiveSettings Objective { get; init; } = new();

    /// <summary>Not a setting: it is computed.</summary>
    public int MinibatchSize => Horizon / Minibatches;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Horizon % Minibatches != 0) yield return $"Minibatches = {Minibatches} does not divide Horizon = {Horizon}. Use a divisor.";
    }
}
