namespace Pilotage.Language.Generation;

/// <summary>How the next token is drawn. The filters apply in the order temperature, top-k, top-p, min-p; a grammar's mask comes first.</summary>
public sealed record SamplingSettings
{
    /// <summary>Logits are divided by it. 0 takes the most probable token.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only the k most probable tokens are drawn, at least 1; <see langword="null"/> for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the most probable tokens whose probabilities together reach this share of what top-k left are drawn, in (0, 1].</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only tokens at least this share as probable as the most probable are drawn, in [0, 1).</summary>
    public float MinP { get; init; }

    /// <summary>Whether a filter looks at tokens by their rank.</summary>
    internal bool Sorts => TopK is not null || TopP < 1;

    /// <summary>What the logits are multiplied by: at temperature 0, log-probabilities are those of temperature 1.</summary>
    internal float Scale => Temperature > 0 ? 1 / Temperature : 1;

    /// <summary>Throws for numbers outside their ranges.</summary>
    internal void Refuse()
    {
        if (!(Temperature >= 0 && float.IsFinite(Temperature))) throw new ArgumentException($"SamplingSettings: the temperature is {Temperature}; it must be a finite number of at least 0.");
        if (TopK < 1) throw new ArgumentException($"SamplingSettings: top-k is {TopK}; it must be at least 1, or null for all tokens.");
        if (!(TopP is > 0 and <= 1)) throw new ArgumentException($"SamplingSettings: top-p is {TopP}; it must be in (0, 1].");
        if (!(MinP is >= 0 and < 1)) throw new ArgumentException($"SamplingSettings: min-p is {MinP}; it must be in [0, 1).");
    }
}
