using Pilotage.Numerics;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Echelon stock levels of a chain: order_k = min(max(S_k - echelon position, 0), on hand upstream). Optimal for chains with backlog (Clark and Scarf, 1960).</summary>
/// <remarks>The echelon position of a location counts all stock at it, below it and on the way there. Levels are trained as cumulative sums of softplus, so that they rise upstream.</remarks>
internal sealed class EchelonStock : IOrderPolicy
{
    private readonly Parameter _steps;
    private readonly float _scale;
    private readonly float[] _below;                     // [K, K], 1 where the row's location is the column's or below it

    /// <param name="network">A chain, store first.</param>
    /// <param name="levels">First S of each location, rising upstream.</param>
    /// <param name="scale">The size of a period's demand: the unit that levels are trained in.</param>
    public EchelonStock(InventoryNetwork network, IReadOnlyList<double> levels, double scale)
    {
        var unused = new Randomness(0);
        _scale = (float)scale;
        _steps = Parameters.Add("step", new(network.Count), new Initializer.Constant(0), ref unused);
        for (var k = 0; k < network.Count; k++)
        {
            var step = (levels[k] - (k == 0 ? 0 : levels[k - 1])) / scale;
            _steps.Values[k] = (float)(step > 20 ? step : Logarithm.Log(Exponential.Exp(step) - 1));                     // the inverse of softplus
        }
        _below = new float[network.Count * network.Count];
        for (var j = 0; j < network.Count; j++)
            for (var k = j; k < network.Count; k++) _below[j * network.Count + k] = 1;
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <summary>S of each location.</summary>
    public IReadOnlyList<double> Levels()
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var levels = new float[_steps.Shape.Count];
        LevelTensor().CopyTo(levels);
        return [.. levels.Select(level => (double)level)];
    }

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var count = frame.Network.Count;
        var echelon = frame.Position.MatMul(Tensor.From(_below, count, count));
        var upstream = frame.OnHand.Slice(1, 1, count - 1).Relu().Pad(1, 0, 1, float.MaxValue);
        return Tensor.Minimum((LevelTensor() - echelon).Relu(), upstream);
    }

    private Tensor LevelTensor() => Tensor.Of(_steps).Softplus().CumulativeSum() * _scale;
}
