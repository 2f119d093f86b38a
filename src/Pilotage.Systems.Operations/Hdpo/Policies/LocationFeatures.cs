using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What describes a location to a network that is the same for all: its state, its costs, its demand's mean and standard deviation.</summary>
/// <remarks>States and demand are divided by the stores' mean demand.</remarks>
internal sealed class LocationFeatures
{
    private const int Constants = 4;                     // h, p, mean, standard deviation
    private readonly float[] _constants;                 // [K, 4]
    private readonly int _count, _stateWidth;

    /// <param name="network">The locations.</param>
    /// <param name="process">Demand at the stores.</param>
    public LocationFeatures(InventoryNetwork network, DemandProcess process)
    {
        (_count, _stateWidth) = (network.Count, network.Width);
        Scale = (float)Enumerable.Range(0, process.StoreCount).Average(process.Mean);
        _constants = new float[_count * Constants];
        for (var k = 0; k < _count; k++)
        {
            var row = _constants.AsSpan(k * Constants, Constants);
            (row[0], row[1]) = ((float)network.Locations[k].HoldingCost, (float)network.Locations[k].ShortageCost / 10);
            if (network.Locations[k].IsStore) (row[2], row[3]) = ((float)process.Mean(k) / Scale, (float)process.Deviation(k) / Scale);
        }
    }

    /// <summary>F, numbers of a location.</summary>
    public int Size => _stateWidth + Constants;

    /// <summary>The stores' mean demand of a period.</summary>
    public float Scale { get; }

    /// <summary>The features of all locations.</summary>
    /// <returns>[K, B, F].</returns>
    public Tensor Of(in InventoryFrame frame)
    {
        var constants = Tensor.From(_constants, _count, 1, Constants).Expand(_count, frame.Count, Constants);
        return Tensor.Concat(2, frame.State.Transpose(0, 1) * (1 / Scale), constants);
    }
}
