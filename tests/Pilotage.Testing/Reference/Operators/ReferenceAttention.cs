namespace Pilotage.Testing.Reference.Operators;

/// <summary>Attention from the definition: every probability of every pair, in double.</summary>
internal sealed class ReferenceAttention : ReferenceOperator
{
    public override (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call)
    {
        var (query, key, value, mask) = (call.Input(0), call.Input(1), call.Input(2), call.Masks[3]);
        var (batches, queries, heads, width) = (query.Shape[0], query.Shape[1], query.Shape[2], query.Shape[3]);
        var (keys, keyHeads, causal, scale) = (key.Shape[1], key.Shape[2], call.Settings.First != 0, (double)call.Settings.Number);
        var values = new double[call.Shape.Count];
        var probabilities = new double[batches * heads * queries * keys];
        for (var b = 0; b < batches; b++)
            for (var h = 0; h < heads; h++)
                for (var i = 0; i < queries; i++)
                {
                    int[] seen = [.. Enumerable.Range(0, keys).Where(j => Sees(b, i, j))];
                    if (seen.Length == 0) throw new ArgumentException($"Attend: query {i} of batch {b} sees no key{(causal ? " before it" : "")} in the mask {mask?.Shape}; each query needs at least one.");
                    double[] scores = [.. seen.Select(j => scale * Enumerable.Range(0, width).Sum(c => query.Values[QueryAt(b, i, h) + c] * key.Values[KeyAt(b, j, h) + c]))];
                    var largest = scores.Max();
                    var sum = scores.Sum(score => Math.Exp(score - largest));
                    for (var s = 0; s < seen.Length; s++)
                    {
                        var p = probabilities[PairAt(b, i, h, seen[s])] = Math.Exp(scores[s] - largest) / sum;
                        for (var c = 0; c < width; c++) values[QueryAt(b, i, h) + c] += p * value.Values[KeyAt(b, seen[s], h) + c];
                    }
                }
        return (values, Backward);

        void Backward(double[] adjoint)
        {
            for (var b = 0; b < batches; b++)
                for (var h = 0; h < heads; h++)
                    for (var i = 0; i < queries; i++)
                    {
                        var slopes = new double[keys];
                        for (var j = 0; j < keys; j++)
                            for (var c = 0; c < width; c++)
                            {
                                slopes[j] += adjoint[QueryAt(b, i, h) + c] * value.Values[KeyAt(b, j, h) + c];
                                value.Accumulate(KeyAt(b, j, h) + c, probabilities[PairAt(b, i, h, j)] * adjoint[QueryAt(b, i, h) + c]);
                            }
                        // d p_k / d score_j = p_k ([j = k] - p_j).
                        var mean = Enumerable.Range(0, keys).Sum(j => probabilities[PairAt(b, i, h, j)] * slopes[j]);
                        for (var j = 0; j < keys; j++)
                        {
                            // Both terms by themselves: where they cancel, their rounding stays.
                            foreach (var term in new[] { slopes[j], -mean })
                                for (var c = 0; c < width; c++)
                                {
                                    var slope = scale * probabilities[PairAt(b, i, h, j)] * term;
                                    query.Accumulate(QueryAt(b, i, h) + c, slope * key.Values[KeyAt(b, j, h) + c]);
                                    key.Accumulate(KeyAt(b, j, h) + c, slope * query.Values[QueryAt(b, i, h) + c]);
                                }
                        }
                    }
        }

        bool Sees(int b, int i, int j) =>
            (!causal || j <= i + keys - queries) && (mask is not { } m || m.Values[(b * m.Shape[1] + (m.Shape[1] == 1 ? 0 : i)) * keys + j]);
        int QueryAt(int b, int i, int h) => ((b * queries + i) * heads + h) * width;
        int KeyAt(int b, int j, int h) => ((b * keys + j) * keyHeads + h / (heads / keyHeads)) * width;
        int PairAt(int b, int i, int h, int j) => ((b * heads + h) * queries + i) * keys + j;
    }
}
