using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Rows of a table, one for each index.</summary>
internal sealed class Embedding : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var table = call.Settings.Weight!;
        call.CheckIndices(0, table.Shape[0], table.Name, table.Shape);
        using var flat = call.Input(0).reshape(-1);
        using var rows = call.Weight.index_select(0, flat);
        return rows.reshape(HostCopy.Extents(call.Shape));
    }
}
