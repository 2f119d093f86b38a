using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Rec;

/// <summary>One member of the family: mask, weight, regulariser, and how rewards become advantages. Defaults: the released configuration.</summary>
[Settings]
public sealed partial record RecObjectiveConfig : ISettingsRules
{
    /// <summary>Which tokens are learned from (M).</summary>
    public ClipMask Mask { get; init; } = ClipMask.OneSide;

    /// <summary>What a token counts (w).</summary>
    public RatioWeight Weight { get; init; } = RatioWeight.None;

    /// <summary>What holds the policy near the one that drew (reg).</summary>
    public StepRegularizer Regularizer { get; init; } = StepRegularizer.None;

    /// <summary>Weight of the regulariser (c). 0: none; far above 1: nothing is learned. Usual 0.1.</summary>
    [Range(0.0, 1e6)]
    public double RegularizerWeight { get; init; } = 0.1;

    /// <summary>How far a ratio may fall below 1 (epsilon_l). Usual 0.2; enlarged 0.6.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.2;

    /// <summary>How far a ratio may rise above 1 (epsilon_h). Usual 0.2; enlarged 2.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.2;

    /// <summary>Where the ring begins again below 1 (epsilon_l'). Above the lower radius. Usual 0.6.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double OuterLowerRadius { get; init; } = 0.6;

    /// <summary>Where the ring begins again above 1 (epsilon_h'). Above the upper radius. Usual 2.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double OuterUpperRadius { get; init; } = 2;

    /// <summary>Temperature of the weight exp(A / T), and of the baseline log mean exp (T, tau). Low: only the best answers count; A / T above 30 is refused. Usual 1.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>What a group's rewards are compared with.</summary>
    public RewardBaseline Baseline { get; init; } = RewardBaseline.Mean;

    /// <summary>Whether advantages are divided by the population deviation of the group, plus 1e-6.</summary>
    public bool Standardize { get; init; }

    /// <summary>Whether answers below the mean are dropped at random until they no longer outnumber the others (RED-Drop).</summary>
    public bool Drop { get; init; }

    /// <summary>Whether a group of one answer is learned from, with its reward as advantage. Otherwise it is an error: there is nothing to compare with.</summary>
    public bool AllowSingleton { get; init; }

    /// <summary>Whether the objective reads ratios, and hence needs the log-probabilities that answers were drawn with.</summary>
    internal bool NeedsRatios => Mask != ClipMask.None || Weight is RatioWeight.Ratio or RatioWeight.AnswerRatio or RatioWeight.Tapered || Regularizer == StepRegularizer.Squared;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Mask == ClipMask.Ring && OuterLowerRadius <= LowerRadius)
            yield return FormattableString.Invariant($"outerLowerRadius = {OuterLowerRadius} is not above lowerRadius = {LowerRadius}. The ring begins again outside of the band; usual 0.6 and 0.2.");
        if (Mask == ClipMask.Ring && OuterUpperRadius <= UpperRadius)
            yield return FormattableString.Invariant($"outerUpperRadius = {OuterUpperRadius} is not above upperRadius = {UpperRadius}. The ring begins again outside of the band; usual 2 and 0.2.");
    }
}
