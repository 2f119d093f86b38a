using System.Buffers;
using Pilotage.Numerics;

namespace Pilotage;

/// <summary>A stream of random numbers: a key and a counter, nothing else. Not for cryptography.</summary>
/// <remarks>
/// Source: Philox2x64-10, Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Draw n depends on the key and n alone, so a stream is
/// saved, forked and repeated by copying sixteen bytes. A mutable struct: pass it by <c>ref</c>, or both copies repeat the same draws.
/// </remarks>
public struct Randomness : ISaved
{
    private const ulong Multiplier = 0xD2B74407B1CE6E93;
    private const ulong Weyl = 0x9E3779B97F4A7C15;
    private ulong _key;
    private ulong _counter;

    /// <summary>Starts the stream of a key.</summary>
    /// <param name="key">Usually the key of a <see cref="SeedTree"/> branch.</param>
    public Randomness(ulong key) => (_key, _counter) = (key, 0);

    /// <summary>The key of the stream.</summary>
    public readonly ulong Key => _key;

    /// <summary>How many draws were made.</summary>
    public readonly ulong Counter => _counter;

    /// <summary>Draws that <see cref="NextNormal"/> takes.</summary>
    internal const int DrawsOfNormal = 2;

    /// <summary>Goes on as if so many draws had been made.</summary>
    internal void Skip(long draws) => _counter += (ulong)draws;

    /// <summary>Draws 64 uniform bits.</summary>
    /// <returns>Any 64-bit value.</returns>
    public ulong NextBits() => Block(_counter++, 0, _key);

    /// <summary>Draws a uniform number in [0, 1) with 53 random bits.</summary>
    /// <returns>A multiple of 2^-53 in [0, 1).</returns>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a uniform number in [0, 1) with 24 random bits.</summary>
    /// <returns>A multiple of 2^-24 in [0, 1).</returns>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Draws uniformly between two numbers.</summary>
    /// <param name="low">Lower end, included.</param>
    /// <param name="high">Upper end, not included but for rounding.</param>
    /// <returns>low + (high - low) u.</returns>
    public double NextUniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Draws a uniform integer below a bound, without modulo bias (Lemire's multiplication with rejection).</summary>
    /// <param name="bound">At least 1.</param>
    /// <returns>An integer in [0, bound).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var product = (NextBits() >> 32) * (ulong)bound;
        var low = (uint)product;
        if (low < (uint)bound)
        {
            var threshold = (uint)-bound % (uint)bound;
            while (low < threshold)
            {
                product = (NextBits() >> 32) * (ulong)bound;
                low = (uint)product;
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>Draws from the standard normal distribution (Box-Muller, cosine branch; two uniforms a draw).</summary>
    /// <returns>A number with mean 0 and variance 1.</returns>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Logarithm.Log(1 - NextDouble()));
        return radius * Trigonometry.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Fills with draws from the standard normal distribution.</summary>
    /// <param name="values">Filled in order.</param>
    internal void FillNormal(Span<float> values)
    {
        foreach (ref var value in values) value = (float)NextNormal();
    }

    /// <summary>Permutes values in place, every order equally likely (Fisher-Yates).</summary>
    /// <typeparam name="T">Any type.</typeparam>
    /// <param name="values">Permuted in place.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <inheritdoc/>
    public readonly void Save(IBufferWriter<byte> writer)
    {
        writer.Write((long)_key);
        writer.Write((long)_counter);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _key = (ulong)reader.ReadLong();
        _counter = (ulong)reader.ReadLong();
    }

    internal static ulong Block(ulong left, ulong right, ulong key)
    {
        for (var round = 0; round < 10; round++)
        {
            var high = Math.BigMul(Multiplier, left, out var low);
            (left, right) = (high ^ key ^ right, low);
            key += Weyl;
        }
        return left;
    }
}
