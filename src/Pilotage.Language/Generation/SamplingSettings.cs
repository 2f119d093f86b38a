namespace Pilotage.Language.Generation;

/// <summary>How the next token is drawn. The filters apply in the order temperature, top-k, top-p, min-p; a grammar's mask comes first.</summary>
public sealed record SamplingSettings
{
    /// <summary>Logits are divided by it. 0 takes the most probable token.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only the k most probable tokens are drawn; <see langword="null"/> for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the most probable tokens whose probabilities together reach this share are drawn, in (0, 1].</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only tokens at least this share as probable as the most probable are drawn, in [0, 1).</summary>
    public float MinP { get; init; }
}
