namespace Pilotage.Networks;

/// <summary>What a <see cref="TransformerBlock"/> does to each token by itself.</summary>
public enum FeedForward : byte
{
    /// <summary>gelu(x W) V.</summary>
    Gelu,

    /// <summary>relu(x W) V, as in arXiv:1706.03762.</summary>
    Relu,

    /// <summary>(silu(x G) * (x W)) V: a gated layer, arXiv:2002.05202.</summary>
    GatedSilu,
}
