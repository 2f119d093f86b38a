using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The policy of a chain: one perceptron of all states; each location orders a sigmoid share of what is on hand upstream, the first one of four mean demands.</summary>
internal sealed class SerialNetwork : IOrderPolicy
{
    private const float MostOrdered = 4;                 // mean demands, for the location that the supplier ships to
    private readonly Perceptron _network;
    private readonly float _scale;

    /// <param name="network">A chain, store first.</param>
    /// <param name="meanDemand">Of a period; above 0.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public SerialNetwork(InventoryNetwork network, double meanDemand, IReadOnlyList<int> hidden, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _network = new(Parameters, "chain", network.Count * network.Width, hidden, network.Count, ref random);
        _scale = (float)meanDemand;
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var count = frame.Network.Count;
        var share = _network.Forward(frame.State.Reshape(frame.Count, count * frame.Network.Width) * (1 / _scale)).Sigmoid();
        var upstream = frame.OnHand.Slice(1, 1, count - 1).Relu().Pad(1, 0, 1, MostOrdered * _scale);
        return share * upstream;
    }
}
