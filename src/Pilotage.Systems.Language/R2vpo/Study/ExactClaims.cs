using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What holds of exact updates. Proof's checks count the worst of all decisions, without interval.</summary>
/// <param name="bandits">Decisions.</param>
internal sealed class ExactClaims(int bandits)
{
    /// <summary>How far the variance may be from its bound, as a share of it: the bar.</summary>
    public const double VarianceMargin = 0.05;

    /// <summary>How much of the gain may be lost, in deviations of the advantage: the bar.</summary>
    public const double GainMargin = 1e-3;

    private const string Source = "arXiv:2601.03320, the constrained problem; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Worst("a-optimum", "The closed form with its active set meets the conditions of the optimum", ExactArms.Optimum, R2vpoMetrics.Optimality, 1e-8),
        Worst("a-dual-variance", FormattableString.Invariant($"Dual ascent brings the ratio's variance to its bound, within {VarianceMargin:P0}"), ExactArms.Dual, R2vpoMetrics.VarianceError, VarianceMargin),
        Worst("a-dual-gain", FormattableString.Invariant($"... and gains the optimum's, within {GainMargin} deviations"), ExactArms.Dual, R2vpoMetrics.Gap, GainMargin),
        Worst("a-natural-variance", "The same where the policy follows in small steps", ExactArms.Natural, R2vpoMetrics.VarianceError, VarianceMargin),
        Worst("a-natural-gain", "... and the same of its gain", ExactArms.Natural, R2vpoMetrics.Gap, GainMargin),
        new EffectRule { Unit = Replication.Instance, PlannedUnits = bandits, Sides = Sides.One }.Claim(
            "a-clip", "At the variance that the clip's optimum has at least, the bound's optimum gains more", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, ExactArms.Optimum, ExactArms.Clip, R2vpoMetrics.Matched, rule)),
    ];

    private static Claim Worst(string id, string text, string arm, string metric, double limit) =>
        new(id, text, Source, Replication.Instance, results =>
        {
            var values = results.Values(arm, 0, metric).Values.ToList();
            var worst = values.Max();
            return new(worst, worst, worst, values.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"worst of {values.Count} decisions") };
        }, Region.Below(limit), MinimumUnits: 1);
}
