using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The policy of one store: its state through a perceptron, then softplus(output + 1).</summary>
/// <remarks>The shift by 1 makes the first orders positive: where nothing is ordered, no gradient comes back. States are divided by the mean demand and orders multiplied with it.</remarks>
internal sealed class StoreNetwork : IOrderPolicy
{
    private readonly Perceptron _network;
    private readonly float _scale;

    /// <param name="network">One store.</param>
    /// <param name="meanDemand">Of a period; above 0.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public StoreNetwork(InventoryNetwork network, double meanDemand, IReadOnlyList<int> hidden, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _network = new(Parameters, "store", network.Width, hidden, 1, ref random);
        _scale = (float)meanDemand;
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame) =>
        (_network.Forward(frame.State.Reshape(frame.Count, frame.Network.Width) * (1 / _scale)) + 1f).Softplus() * _scale;
}
