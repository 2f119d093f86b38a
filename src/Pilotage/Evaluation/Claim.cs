namespace Pilotage.Evaluation;

/// <summary>A statement of a paper as a test: an effect, the region where it holds, what counts as a unit.</summary>
/// <param name="Id">Short and stable: <c>a</c>, <c>b-nasa</c>.</param>
/// <param name="Text">The statement in one sentence.</param>
/// <param name="Source">Paper, section or sheet.</param>
/// <param name="Unit">What counts as an independent unit.</param>
/// <param name="Measure">Computes the effect from the results.</param>
/// <param name="Holds">Where the claim holds.</param>
/// <param name="MinimumUnits">Fewer units give no verdict.</param>
public sealed record Claim(
    string Id, string Text, string Source, Replication Unit, Func<StudyResults, Effect> Measure, Region Holds, int MinimumUnits = 5)
{
    /// <summary>The verdict, from the interval alone.</summary>
    /// <param name="effect">What was measured.</param>
    /// <param name="scale">Smoke scale gives no verdict.</param>
    /// <returns>The verdict.</returns>
    public Verdict Judge(Effect effect, Scale scale) =>
        scale == Scale.Smoke || effect.Units < MinimumUnits ? Verdict.NotEvaluated
        : Holds.Contains(effect.Low, effect.High) ? Verdict.Reproduced
        : Holds.Excludes(effect.Low, effect.High) ? Verdict.NotReproduced
        : Verdict.Inconclusive;
}
