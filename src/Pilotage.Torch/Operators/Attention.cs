using TorchSharp;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Scaled dot-product attention, which libtorch computes in blocks without storing all scores where it can.</summary>
internal sealed class Attention : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var (query, key) = (call.ShapeOf(0), call.ShapeOf(1));
        var isCausal = call.Settings.First == 1;
        if (call.Optional(3) is not null) RefuseBlindQueries(call, isCausal);
        using var scale = (call.Settings.Number * Math.Sqrt(query[3])).ToScalar();
        using var scaled = call.Input(0).mul(scale);                                      // libtorch divides by sqrt(d)
        using var queries = scaled.transpose(1, 2);                                       // [batch, heads, queries, d]
        using var keys = Heads(call.Input(1), query[2] / key[2]);
        using var values = Heads(call.Input(2), query[2] / key[2]);
        // libtorch's own causal mask lets both sequences begin together; ours end together, which is the same for equal lengths.
        var simple = query[1] == key[1] && call.Optional(3) is null;
        using var mask = simple ? null : Visible(call, isCausal);
        using var result = nn.functional.scaled_dot_product_attention(queries, keys, values, mask, p: 0, is_casual: simple && isCausal);
        return result.transpose(1, 2);
    }

    private static void RefuseBlindQueries(in TorchCall call, bool isCausal)
    {
        var (shape, queries, keys) = (call.ShapeOf(3), call.ShapeOf(0)[1], call.ShapeOf(1)[1]);
        ReadOnlySpan<bool> mask = call.Booleans(3);
        for (var batch = 0; batch < shape[0]; batch++)
            for (var query = 0; query < queries; query++)
            {
                var row = mask.Slice((batch * shape[1] + (shape[1] == 1 ? 0 : query)) * keys, isCausal ? query + 1 + keys - queries : keys);
                if (!row.Contains(value: true))
                    throw new ArgumentException($"Attend: query {query} of batch {batch} sees no key{(isCausal ? " before it" : "")} in the mask {shape}; each query needs at least one.");
            }
    }

    /// <summary>[batch, keys, keyHeads, d] to [batch, heads, keys, d]: neighbouring query heads share a key head.</summary>
    private static Native Heads(Native x, int sharing)
    {
        var turned = x.transpose(1, 2);
        if (sharing == 1) return turned;
        using (turned) return turned.repeat_interleave(sharing, 1);
    }

    /// <summary>[batch or 1, 1, queries or 1, keys]; true where a query sees a key.</summary>
    private static Native? Visible(in TorchCall call, bool isCausal)
    {
        var (queries, keys) = (call.ShapeOf(0)[1], call.ShapeOf(1)[1]);
        using var given = call.Optional(3)?.unsqueeze(1);
        if (!isCausal) return given?.alias();
        using var all = ones(queries, keys, ScalarType.Bool, call.Device.Place);
        using var before = all.tril(keys - queries);
        return given is null ? before.reshape(1, 1, queries, keys) : given.logical_and(before);
    }
}
