using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>One network for all stores of one warehouse: a store's own state and what all of them are like on average. Exchanging two like stores exchanges their orders.</summary>
/// <remarks>The authors' second version had a net of this name that is not published any more; this one is ours: embeddings of the stores are averaged into a context, as for sets.</remarks>
internal sealed class SymmetricNetwork : IOrderPolicy
{
    private readonly Perceptron _embedding, _context, _store, _warehouse;
    private readonly LocationFeatures _features;
    private readonly float _total;
    private readonly int _width;

    /// <param name="network">One warehouse that supplies all stores.</param>
    /// <param name="process">Demand.</param>
    /// <param name="width">Of all hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public SymmetricNetwork(InventoryNetwork network, DemandProcess process, int width, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _features = new(network, process);
        _width = width;
        _embedding = new(Parameters, "embedding", _features.Size, [width], width, ref random);
        _context = new(Parameters, "context", width + _features.Size, [width], width, ref random);
        _store = new(Parameters, "store", _features.Size + width, [width, width], 1, ref random);
        _warehouse = new(Parameters, "warehouse", _features.Size + width, [width], 1, ref random);
        _total = (float)Enumerable.Range(0, process.StoreCount).Sum(process.Mean);
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (batch, stores) = (frame.Count, frame.Network.StoreCount);
        var all = _features.Of(frame).Transpose(0, 1);                                                       // [B, K, F]
        var (atStores, atWarehouse) = (all.Slice(1, 0, stores), all.Slice(1, stores, 1).Reshape(batch, _features.Size));
        var mean = _embedding.Forward(atStores).Elu().Mean(1);                                               // [B, width]
        var context = _context.Forward(Tensor.Concat(1, mean, atWarehouse)).Elu();
        var scores = _store.Forward(Tensor.Concat(2, atStores, context.Reshape(batch, 1, _width).Expand(batch, stores, _width))).Reshape(batch, stores);
        var supplied = _warehouse.Forward(Tensor.Concat(1, atWarehouse, context)).Sigmoid() * (WarehouseNetwork.MostOrdered * _total);
        return Tensor.Concat(1, Feasibility.Softmax(scores, frame), supplied);
    }
}
