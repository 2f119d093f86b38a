namespace Pilotage.Tensors;

/// <summary>Attention and rotary positions. They read as members: <c>query.Attend(key, value)</c>.</summary>
public static class AttentionFunctions
{
    extension(Tensor query)
    {
        /// <summary>Scaled dot-product attention, fused: the scores of all pairs are never stored.</summary>
        /// <param name="key">[batch, keys, keyHeads, d]; the query is [batch, queries, heads, d], and heads is a multiple of keyHeads (grouped queries).</param>
        /// <param name="value">As the key.</param>
        /// <param name="causal">Whether query i sees only the keys up to i + keys - queries: both sequences end together.</param>
        /// <param name="visible">[batch, queries, keys] or [batch, 1, keys]: which keys may be seen, for all heads; default for all.</param>
        /// <param name="scale">Of the scores; <see langword="null"/> for 1 / sqrt(d).</param>
        /// <returns>[batch, queries, heads, d].</returns>
        /// <exception cref="ArgumentException">The shapes do not fit, or a query sees no key.</exception>
        /// <remarks>
        /// Vaswani et al., arXiv:1706.03762, eq. 1; memory as in Dao et al., arXiv:2205.14135: each row's largest score and sum are kept, scores are computed again on
        /// the way back. On the managed device a query's result has the same bits alone against a cache of keys as in the whole sequence, in any batch.
        /// A value that is not seen must still be finite: it is multiplied by 0.
        /// </remarks>
        public Tensor Attend(Tensor key, Tensor value, bool causal = false, Mask visible = default, float? scale = null)
        {
            var (q, k, v) = (query.Shape, key.Shape, value.Shape);
            if (q.Rank != 4 || k.Rank != 4 || k != v || q[0] != k[0] || q[3] != k[3] || k[2] == 0 || q[2] % k[2] != 0)
                throw new ArgumentException($"Attend: query {q}, key {k}, value {v} do not fit; wanted [batch, queries, heads, d] and twice [batch, keys, keyHeads, d], heads a multiple of keyHeads.");
            if (causal && q[1] > k[1]) throw new ArgumentException($"Attend: {q[1]} causal queries but {k[1]} keys; the first queries would see none.", nameof(key));
            if (k[1] == 0 && q[0] * q[1] > 0) throw new ArgumentException($"Attend: {q[1]} queries but no keys; each query needs at least one.", nameof(key));
            if (!visible.IsNone && visible.Shape != new Shape(q[0], q[1], k[1]) && visible.Shape != new Shape(q[0], 1, k[1]))
                throw new ArgumentException($"Attend: mask {visible.Shape} does not fit; wanted [{q[0]}, {q[1]} or 1, {k[1]}].", nameof(visible));
            return query.Apply(Operator.Attention, q, new() { First = causal ? 1 : 0, Number = scale ?? 1 / MathF.Sqrt(Math.Max(1, q[3])) },
                key.SlotOn(query.Tape), value.SlotOn(query.Tape), visible.IsNone ? -1 : visible.SlotOn(query.Tape));
        }

        /// <summary>Rotary positions: turns element pairs (i, i + d/2) of token t by the angle (firstPosition + t) base^(-2 i / d).</summary>
        /// <param name="firstPosition">Position of the first token, at least 0.</param>
        /// <param name="frequencyBase">Above 1; 10,000 in the paper.</param>
        /// <returns>The same shape, which is [batch, tokens, heads, d] with d even.</returns>
        /// <exception cref="ArgumentException">The shape is another, or d is odd.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The position is negative, or the base not above 1.</exception>
        /// <remarks>Su et al., arXiv:2104.09864, eq. 34, in the half-split order that Llama checkpoints use.</remarks>
        public Tensor Rotate(int firstPosition = 0, float frequencyBase = 10_000)
        {
            var shape = query.Shape;
            if (shape.Rank != 4 || shape[3] % 2 != 0) throw new ArgumentException($"Rotate: {shape} does not fit; wanted [batch, tokens, heads, d] with d even.");
            ArgumentOutOfRangeException.ThrowIfNegative(firstPosition);
            if (!(frequencyBase > 1 && float.IsFinite(frequencyBase))) throw new ArgumentOutOfRangeException(nameof(frequencyBase), $"Rotate: the base is {frequencyBase}; it must be above 1.");
            return query.Apply(Operator.Rotary, shape, new() { First = firstPosition, Number = frequencyBase });
        }
    }
}
