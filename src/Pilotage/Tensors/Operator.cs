namespace Pilotage.Tensors;

/// <summary>Operators that each backend keeps in a class of its own. Inputs are slots, -1 where an optional one is absent; <see cref="OperatorSettings"/> says what else each reads.</summary>
internal enum Operator : byte
{
    /// <summary>Inputs: x. First: axis. Running sums along the axis.</summary>
    CumulativeSum,

    /// <summary>Inputs: x. First: axis. log of the running sums of exp(x) along the axis, computed without overflow.</summary>
    CumulativeLogSumExp,

    /// <summary>Inputs: x, indices of x's shape. First: axis. y[.., index, ..] sums x[.., i, ..]; the output has another extent on the axis.</summary>
    ScatterAdd,

    /// <summary>Inputs: x. Repeats extents of 1 (and missing leading axes) to the output's shape.</summary>
    Expand,

    /// <summary>Inputs: x [.., n], gain [n] or absent, shift [n] or absent. Number: epsilon. (x - mean) / sqrt(variance + epsilon) over the last axis, times gain plus shift.</summary>
    LayerNorm,

    /// <summary>Inputs: x [.., n], gain [n] or absent. Number: epsilon. x / sqrt(mean of squares + epsilon) over the last axis, times gain.</summary>
    RmsNorm,

    /// <summary>Inputs: indices. Weight: [vocabulary, n]. Rows of the weight: [indices.., n].</summary>
    Embedding,

    /// <summary>Inputs: x [images, height, width, in], weight [height, width, in / groups, out], bias [out] or absent. First: stride. Second: padding on each side. Third: groups.</summary>
    Convolution,

    /// <summary>
    /// Inputs: query [batch, queries, heads, d], key and value [batch, keys, keyHeads, d], mask [batch, queries or 1, keys] or absent; heads is a multiple of keyHeads.
    /// First: 1 for causal (query i sees the keys up to i + keys - queries). Number: scale of the scores. softmax(scale q k) v; a masked-out key has probability 0.
    /// </summary>
    Attention,

    /// <summary>Inputs: x [batch, tokens, heads, d], d even. First: position of the first token. Number: base. Turns pair (i, i + d/2) of token t by (First + t) base^(-2i/d).</summary>
    Rotary,

    /// <summary>Inputs: gates of the input [rows, 3 n] and of the state [rows, 3 n] (reset, update, candidate), state [rows, n]. The new state of a gated recurrent unit.</summary>
    GatedRecurrence,

    /// <summary>Inputs: x. Number: rate in [0, 1). Key: of the counter-based stream. Zero with that probability, else x / (1 - rate); element i's fate depends on key and i alone.</summary>
    Dropout,
}
