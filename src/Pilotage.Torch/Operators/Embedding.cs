using Pilotage.Tensors;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Rows of a table, one for each index.</summary>
internal sealed class Embedding : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var table = call.Settings.Weight!;
        if (call.FirstOutside(0, table.Shape[0]) is { } wrong) throw Outside(wrong, table);
        using var flat = call.Input(0).reshape(-1);
        using var rows = call.Weight.index_select(0, flat);
        return rows.reshape(HostCopy.Extents(call.Shape));
    }

    private static ArgumentOutOfRangeException Outside((int Index, int Place) indices, Parameter table) => new(
        nameof(indices), $"Embed: index {indices.Index} at place {indices.Place} lies outside axis 0 of {table.Name} {table.Shape}; allowed are 0 to {table.Shape[0] - 1}.");
}
