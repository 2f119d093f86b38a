namespace Pilotage.Systems.Language.Rec;

/// <summary>How much a token counts besides its advantage (w).</summary>
public enum RatioWeight
{
    /// <summary>1.</summary>
    None,

    /// <summary>Its ratio: importance sampling (IS).</summary>
    Ratio,

    /// <summary>The length-normalised ratio of its answer.</summary>
    AnswerRatio,

    /// <summary>exp(A / T): more from what went well (RED-Weight).</summary>
    Advantage,

    /// <summary>min(ratio, 1) where A &lt;= 0, 1 elsewhere (TOPR, arXiv:2503.14286).</summary>
    Tapered,
}
