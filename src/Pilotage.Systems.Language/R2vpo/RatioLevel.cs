namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Whose ratio is bounded.</summary>
public enum RatioLevel
{
    /// <summary>Each token's.</summary>
    Token,

    /// <summary>The answer's, with its logarithm divided by the answer's length.</summary>
    Sequence,
}
