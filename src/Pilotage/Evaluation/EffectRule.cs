using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation;

/// <summary>How effects are measured: what a unit is, at which level, among how many comparisons. One rule usually serves all claims of a family.</summary>
/// <remarks>
/// Intervals are simultaneous: each is at <c>level / comparisons</c> (Bonferroni), so the verdict read off the interval is that of the corrected test.
/// Holm's procedure rejects whatever Bonferroni rejects, so a claim that is reproduced here is so under Holm too; Holm has no intervals of its own.
/// </remarks>
public sealed record EffectRule
{
    /// <summary>What counts as an independent unit.</summary>
    public Replication Unit { get; init; } = Replication.Seed;

    /// <summary>Probability of error over all <see cref="Comparisons"/>; in (0, 1).</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>How many tests share the level; at least 1.</summary>
    public int Comparisons { get; init; } = 1;

    /// <summary>Whether the level is halved between the interval's ends. One-sided only where the claim's direction was fixed beforehand.</summary>
    public Sides Sides { get; init; } = Sides.Two;

    /// <summary>Which instances count; <see langword="null"/> for all.</summary>
    public Func<string, bool>? Instances { get; init; }

    /// <summary>Where the claim holds: p is against its borders. <see langword="null"/>: p of "no effect".</summary>
    public Region? Holds { get; init; }

    /// <summary>Number of instances that the study will measure, for claims about instances.</summary>
    public int? PlannedUnits { get; init; }

    /// <summary>Branch that bootstraps draw from.</summary>
    public SeedTree Seeds { get; init; } = Inference.DefaultSeeds;

    /// <summary>The error of each end of an interval.</summary>
    public double ErrorPerEnd => Level / Comparisons / Inference.Factor(Sides);

    /// <summary>Resamples of a bootstrap: 20 of them beyond each end, so that strict levels do not rest on one or two; at most 200,000.</summary>
    public int Resamples => (int)Math.Clamp(20 / ErrorPerEnd, PercentileBootstrap.DefaultResamples, 199_999);

    /// <summary>A claim whose effect follows this rule.</summary>
    /// <param name="id">Short and stable.</param>
    /// <param name="text">The statement in one sentence.</param>
    /// <param name="source">Paper, section or sheet.</param>
    /// <param name="holds">Where the claim holds.</param>
    /// <param name="measure">Computes the effect by the rule it is given: <c>(r, rule) => PairedEffect.Of(r, "ppo", "threshold", "return", rule)</c>.</param>
    /// <param name="minimumUnits">Fewer units give no verdict.</param>
    /// <returns>The claim.</returns>
    public Claim Claim(string id, string text, string source, Region holds, Func<StudyResults, EffectRule, Effect> measure, int minimumUnits = 5)
    {
        var rule = this with { Holds = holds };
        return new(id, text, source, Unit, results => measure(results, rule), holds, minimumUnits)
        {
            Level = Level,
            Comparisons = Comparisons,
            PlannedUnits = PlannedUnits,
            SmallestP = units => Inference.SmallestP(units, Sides, Resamples),
        };
    }

    /// <summary>Selects the instances whose path begins with a prefix.</summary>
    /// <param name="prefix">For instance <c>nasa/</c>.</param>
    /// <returns>A predicate for <see cref="Instances"/>.</returns>
    public static Func<string, bool> Under(string prefix) => instance => instance.StartsWith(prefix, StringComparison.Ordinal);

    internal IInference OfMean(ReadOnlySpan<double> units) => Inference.OfMean(units, Seeds, Resamples);

    /// <summary>Effect on a scale that a monotone function leads back from: the identity, or exp for ratios.</summary>
    internal Effect Effect(IInference inference, string formed, double noEffect = 0, Func<double, double>? to = null, Func<double, double>? back = null)
    {
        to ??= value => value;
        back ??= value => value;
        var bounds = inference.Bounds(ErrorPerEnd);
        var sides = Inference.Factor(Sides);
        return new(back(inference.Estimate), back(bounds.Low), back(bounds.High), inference.Units, Math.Min(1, sides * inference.SmallestP))
        {
            P = Math.Min(1, OneSidedP(inference, noEffect, to) * sides * Comparisons),
            Test = $"{inference.Name}; {formed}; {(Sides == Sides.Two ? "two-sided" : "one-sided")}{Corrected}",
        };
    }

    private string Corrected => Comparisons == 1 ? "" : FormattableString.Invariant($"; level {Level} over {Comparisons} comparisons (Bonferroni)");

    private double OneSidedP(IInference inference, double noEffect, Func<double, double> to)
    {
        if (Holds is not { } holds)
        {
            return Sides == Sides.One ? inference.PAbove(to(noEffect)) : Math.Min(inference.PAbove(to(noEffect)), inference.PBelow(to(noEffect)));
        }
        var p = 0.0;                                                    // between two borders both tests must reject: the greater p speaks
        if (double.IsFinite(holds.Low)) p = Math.Max(p, inference.PAbove(to(holds.Low)));
        if (double.IsFinite(holds.High)) p = Math.Max(p, inference.PBelow(to(holds.High)));
        return p;
    }
}
