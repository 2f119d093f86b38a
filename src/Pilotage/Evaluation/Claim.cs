namespace Pilotage.Evaluation;

/// <summary>A statement of a paper as a test: an effect, the region where it holds, what counts as a unit.</summary>
/// <param name="Id">Short and stable: <c>a</c>, <c>b-nasa</c>.</param>
/// <param name="Text">The statement in one sentence.</param>
/// <param name="Source">Paper, section or sheet.</param>
/// <param name="Unit">What counts as an independent unit.</param>
/// <param name="Measure">Computes the effect from the results. At smoke scale there may be one unit only: gives an effect all the same.</param>
/// <param name="Holds">Where the claim holds.</param>
/// <param name="MinimumUnits">Fewer units give no verdict.</param>
/// <remarks><see cref="EffectRule.Claim"/> makes claims whose level, comparisons and smallest p fit their interval.</remarks>
public sealed record Claim(
    string Id, string Text, string Source, Replication Unit, Func<StudyResults, Effect> Measure, Region Holds, int MinimumUnits = 5)
{
    /// <summary>The probability of error that the claim allows, over all <see cref="Comparisons"/>; in (0, 1).</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>How many tests share the level. The effect's interval must be at level over comparisons.</summary>
    public int Comparisons { get; init; } = 1;

    /// <summary>The least p, before correction, that a number of units could give; <see langword="null"/> if the claim rests on no test that has one.</summary>
    public Func<int, double>? SmallestP { get; init; }

    /// <summary>Number of instances that the study will measure, for claims about instances; <see langword="null"/> if it is known only afterwards.</summary>
    public int? PlannedUnits { get; init; }

    /// <summary>Whether the effect is a time, which no run repeats bit for bit.</summary>
    public bool IsTiming { get; init; }

    /// <summary>The verdict, from the interval alone.</summary>
    /// <param name="effect">What was measured.</param>
    /// <param name="scale">Smoke scale gives no verdict.</param>
    /// <returns>The verdict.</returns>
    public Verdict Judge(Effect effect, Scale scale) =>
        scale == Scale.Smoke || effect.Units < MinimumUnits ? Verdict.NotEvaluated
        : Holds.Contains(effect.Low, effect.High) ? Verdict.Reproduced
        : Holds.Excludes(effect.Low, effect.High) ? Verdict.NotReproduced
        : Verdict.Inconclusive;

    /// <summary>Whether a p could pass the claim's level after correction for its comparisons (Bonferroni; what passes it passes Holm too).</summary>
    /// <param name="smallestP">The least attainable p before correction.</param>
    /// <returns><see langword="true"/> if some result could pass.</returns>
    public bool CanPass(double smallestP) => smallestP * Comparisons <= Level * (1 + 1e-9);     // forgives the rounding of the product

    /// <summary>The least number of units with which the claim could be judged and could pass.</summary>
    /// <returns>At least <see cref="MinimumUnits"/>; <see langword="null"/> if no number up to ten thousand would do.</returns>
    public int? UnitsNeeded()
    {
        for (var units = Math.Max(1, MinimumUnits); units <= 10_000; units++)
        {
            if (SmallestP is null || CanPass(SmallestP(units))) return units;
        }
        return null;
    }
}
