using System.Runtime.InteropServices;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Networks of several seeds, trained as independent parts of an application.</summary>
internal static class TrainedNetworks
{
    /// <summary>Trains them.</summary>
    /// <typeparam name="TNetwork">What is trained.</typeparam>
    /// <param name="request">Computes the parts.</param>
    /// <param name="count">How many, from seed 0 on.</param>
    /// <param name="untrained">Makes the network of a seed, always with the same first weights.</param>
    /// <param name="train">Trains it in place.</param>
    /// <param name="ended">Told how many have ended.</param>
    /// <param name="cancellation">Stops between updates.</param>
    /// <returns>By seed.</returns>
    public static IReadOnlyList<TNetwork> Of<TNetwork>(
        ApplyRequest request, int count, Func<int, TNetwork> untrained, Action<TNetwork, int, CancellationToken> train, Action<int> ended, CancellationToken cancellation) where TNetwork : IOrderPolicy
    {
        var parts = Enumerable.Range(0, count).Select(seed => new ApplyPart(FormattableString.Invariant($"network {seed + 1}"), stop => WeightsOf(seed, stop)));
        return [.. request.Parts.Compute([.. parts], ended, cancellation).Select((weights, seed) => With(weights, seed))];

        byte[] WeightsOf(int seed, CancellationToken stop)
        {
            var network = untrained(seed);
            train(network, seed, stop);
            return MemoryMarshal.AsBytes(network.Parameters.Values).ToArray();
        }

        TNetwork With(byte[] weights, int seed)
        {
            var network = untrained(seed);
            MemoryMarshal.Cast<byte, float>(weights).CopyTo(network.Parameters.Values);
            return network;
        }
    }
}
