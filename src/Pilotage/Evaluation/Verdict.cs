namespace Pilotage.Evaluation;

/// <summary>What the interval of an effect says of a claim.</summary>
public enum Verdict
{
    /// <summary>The whole interval lies in the region that the claim names.</summary>
    Reproduced,

    /// <summary>The whole interval lies outside the region.</summary>
    NotReproduced,

    /// <summary>The interval straddles the region's border.</summary>
    Inconclusive,

    /// <summary>Smoke scale, or too few units.</summary>
    NotEvaluated,
}
