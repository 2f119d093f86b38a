using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The policy of a store whose demand is recorded: state, past demand, costs, lead time and calendar through a perceptron, then the positive part.</summary>
/// <remarks>
/// Differs from the paper: numbers of stock and demand are divided by the mean of the past periods and the order is multiplied by it, so a product ten times as large is ordered ten times
/// as much. The output's bias begins at 1: where nothing is ordered, no gradient comes back.
/// </remarks>
internal sealed class DataDrivenNetwork : IOrderPolicy
{
    private const int Others = 4;                        // h, p, lead time, calendar
    private const float LeastScale = 0.05f;              // of a series' mean, so that weeks without sales divide by something
    private readonly Perceptron _network;
    private readonly int _past;

    /// <param name="network">One store.</param>
    /// <param name="past">How many past periods are seen.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public DataDrivenNetwork(InventoryNetwork network, int past, IReadOnlyList<int> hidden, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _past = past;
        _network = new(Parameters, "data-driven", network.Width + past + Others, hidden, 1, ref random, outputBias: 1);
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (batch, count, width) = (frame.Batch, frame.Count, frame.Network.Width);
        var past = Tensor.From(batch.Past(frame.Period, _past), count, _past);
        var scale = past.Mean(1).Reshape(count, 1) + LeastScale;
        var others = Tensor.From(batch.Others(frame.Period), count, Others);
        var seen = Tensor.Concat(1, frame.State.Reshape(count, width) / scale, past / scale, others);
        return _network.Forward(seen).Relu() * scale;
    }
}
