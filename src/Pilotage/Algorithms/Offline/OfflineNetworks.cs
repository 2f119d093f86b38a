using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>Networks as the settings ask for them.</summary>
internal static class OfflineNetworks
{
    /// <summary>How all weights begin.</summary>
    public static readonly Initializer Initial = new Initializer.FanInNormal();

    /// <summary>Values of every action, or several numbers for each.</summary>
    public static QNetwork Values(OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device, int width = 1) =>
        new(dataset.Spec, config.Hidden, config.Activation, ref random, device, quantiles: width, initializer: Initial);

    /// <summary>A network of the same shape and weights that nothing trains.</summary>
    public static QNetwork Copy(QNetwork network)
    {
        var random = SeedTree.Root(0).Initialisation.Start();
        var copy = new QNetwork(network.Spec, network.Hidden, network.Activation, ref random, network.Parameters.Device, network.IsDueling, network.Quantiles, Initial);
        copy.Parameters.BlendFrom(network.Parameters, 1);
        return copy;
    }

    /// <summary>The best legal action of each row.</summary>
    /// <param name="values">[rows, actions], flat.</param>
    /// <param name="legal">[rows, actions], flat; empty for no mask.</param>
    /// <param name="best">Receives the choices, [rows].</param>
    public static void Best(ReadOnlySpan<float> values, ReadOnlySpan<bool> legal, Span<int> best)
    {
        var count = values.Length / best.Length;
        for (var i = 0; i < best.Length; i++) best[i] = QNetwork.Best(values.Slice(i * count, count), legal.IsEmpty ? default : legal.Slice(i * count, count));
    }
}
