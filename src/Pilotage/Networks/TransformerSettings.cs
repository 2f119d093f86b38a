namespace Pilotage.Networks;

/// <summary>Shape and kind of a <see cref="TransformerBlock"/>. The defaults are those of a bidirectional encoder of small sets; language models set <see cref="IsCausal"/> and positions.</summary>
public sealed record TransformerSettings
{
    /// <summary>Numbers per token, a multiple of <see cref="Heads"/>.</summary>
    public required int Width { get; init; }

    /// <summary>Query heads. 16 to 128 numbers per head are usual.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads, a divisor of <see cref="Heads"/>; <see langword="null"/> for as many.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>Width inside the feed-forward part; <see langword="null"/> for four times the width (arXiv:1706.03762), or two thirds of that where it is gated, which has a third matrix (arXiv:2002.05202).</summary>
    public int? HiddenWidth { get; init; }

    /// <summary>The feed-forward part.</summary>
    public FeedForward FeedForward { get; init; } = FeedForward.Gelu;

    /// <summary>Before attention and before the feed-forward part.</summary>
    public Normalization Normalization { get; init; } = Normalization.Layer;

    /// <summary>Whether a token sees only itself and those before it.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Base of rotary positions; <see langword="null"/> for none.</summary>
    public float? RotaryBase { get; init; }

    /// <summary>Scale of attention scores; <see langword="null"/> for 1 / sqrt(width / heads).</summary>
    public float? AttentionScale { get; init; }

    /// <summary>Added to the variance or mean square before its root, above 0; <see langword="null"/> for 1e-5 in layer normalisation and 1e-6 in root-mean-square.</summary>
    public float? NormEpsilon { get; init; }

    /// <summary>Which linear layers have biases.</summary>
    public BiasPlaces Biases { get; init; } = BiasPlaces.All;

    /// <summary>Whether each of the two parts is multiplied by a trained number that begins at 0 (ReZero, arXiv:2003.04887), so that the block begins as the identity; usual without normalisation.</summary>
    public bool HasResidualGates { get; init; }

    /// <summary>Probability that a number of either part's result is dropped while training, in [0, 1).</summary>
    public float Dropout { get; init; }

    /// <summary>Number of blocks of the stack that this one is part of, at least 1: the parts' last layers begin smaller by sqrt(2 depth) (Radford et al., 2019, section 2.3).</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Whether what happens inside is computed again in the backward pass instead of kept: memory of one block instead of all, for a third more time.</summary>
    public bool IsCheckpointed { get; init; }

    /// <summary><see cref="HiddenWidth"/>, found.</summary>
    internal int HiddenWidthOrDefault => HiddenWidth ?? (FeedForward == FeedForward.GatedSilu ? (8 * Width + 2) / 3 : 4 * Width);
}
