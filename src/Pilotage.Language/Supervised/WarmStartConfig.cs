using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Models;
using Pilotage.Settings;

namespace Pilotage.Language.Supervised;

/// <summary>Settings of <see cref="WarmStart"/>. Defaults: those of the laboratory that several systems share.</summary>
[Settings]
public sealed partial record WarmStartConfig : ISettingsRules
{
    /// <summary>Share of demonstrations that are wrong, so that imitation alone cannot solve the task.</summary>
    [Range(0.0, 1.0)]
    public double CorruptedShare { get; init; } = 0.3;

    /// <summary>Demonstrations of an update.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of Adam.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Limit of the gradient's norm.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Updates between two looks at the validation problems. Many: the band may be jumped over.</summary>
    [Range(1, 1_000_000)]
    public int CheckEvery { get; init; } = 25;

    /// <summary>Validation problems, one answer each.</summary>
    [Range(1, 1_000_000)]
    public int ValidationProblems { get; init; } = 500;

    /// <summary>Training stops as soon as this share of validation answers is correct.</summary>
    [Range(0.0, 1.0)]
    public double LowestSuccess { get; init; } = 0.15;

    /// <summary>A share above this is a failure: there is too little left to learn.</summary>
    [Range(0.0, 1.0)]
    public double HighestSuccess { get; init; } = 0.30;

    /// <summary>Updates after which it is a failure not to have reached the lowest share.</summary>
    [Range(1, 100_000_000)]
    public int MaximumUpdates { get; init; } = 10_000;

    /// <summary>Seed of weights, demonstrations and order.</summary>
    public long Seed { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (LowestSuccess > HighestSuccess)
            yield return FormattableString.Invariant($"lowestSuccess = {LowestSuccess} is above highestSuccess = {HighestSuccess}. Give a band that is not empty.");
    }

    // What the weights depend on, in words that no culture changes.
    internal string Text(LanguageModelConfig model) => FormattableString.Invariant(
        $"corrupted {CorruptedShare}, batch {BatchSize}, rate {LearningRate}, norm {MaximumGradientNorm}, check {CheckEvery} on {ValidationProblems}, band {LowestSuccess}-{HighestSuccess}, at most {MaximumUpdates}, seed {Seed}; vocabulary {model.VocabularySize}, width {model.Width}, layers {model.Layers}, heads {model.Heads}, key heads {model.KeyHeads}, hidden {model.HiddenWidth}, context {model.ContextLength}, {model.Positions} {model.RotaryBase}, {model.Normalization}, {model.FeedForward}, biases {model.Biases}, epsilon {model.NormEpsilon}, tied {model.TiedEmbeddings}");
}
