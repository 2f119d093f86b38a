using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>Settings of the comparison: the laboratory that all methods share, and what apply trains.</summary>
[Settings]
public sealed partial record ComparisonConfig : ISettingsRules
{
    /// <summary>Task, policy, warm start, batch and evaluation of every method. Four updates a step: with one, ratios are exactly 1 and clips do nothing.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 80, Batch = new() { Minibatches = 4 } };

    /// <summary>GSPO: how far the length-normalised ratio may move down. The paper's 3e-4 is for answers of thousands of tokens; of half a dozen the mean log-ratio moves as far as a token's over the root of six.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double AnswerLowerRadius { get; init; } = 0.08;

    /// <summary>GSPO: how far it may move up.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double AnswerUpperRadius { get; init; } = 0.1;

    /// <summary>Weight of the divergence from the start, for the methods that have one. 0 by default: rewards are exact.</summary>
    [Range(0.0, 1e6)]
    public double ReferenceWeight { get; init; }

    /// <summary>Apply: model, data, batch and length of the training.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <summary>Apply: which baseline is trained.</summary>
    public Baseline Method { get; init; } = Baseline.Grpo;

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => Lab.WarmStart.Problems();
}
