using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>One perceptron of the whole state. Stores share each warehouse's stock by softmax; warehouses order a sigmoid share of four times the stores' mean demand.</summary>
/// <remarks>It has to learn anew for each store what is the same at all of them: the plain network that the graph network is held against.</remarks>
internal sealed class WarehouseNetwork : IOrderPolicy
{
    /// <summary>The most that the supplier is asked for in a period, in mean demands of all stores.</summary>
    public const float MostOrdered = 4;

    private readonly Perceptron _network;
    private readonly float _scale, _total;

    /// <param name="network">Stores supplied by warehouses only.</param>
    /// <param name="meanDemands">Of each store.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public WarehouseNetwork(InventoryNetwork network, IReadOnlyList<double> meanDemands, IReadOnlyList<int> hidden, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _network = new(Parameters, "all", network.Count * network.Width, hidden, network.Routes.Count, ref random);
        (_scale, _total) = ((float)meanDemands.Average(), (float)meanDemands.Sum());
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var network = frame.Network;
        var scores = _network.Forward(frame.State.Reshape(frame.Count, network.Count * network.Width) * (1 / _scale));
        var supplied = scores.Slice(1, network.InternalCount, network.Routes.Count - network.InternalCount).Sigmoid() * (MostOrdered * _total);
        return Tensor.Concat(1, Feasibility.Softmax(scores.Slice(1, 0, network.InternalCount), frame), supplied);
    }
}
