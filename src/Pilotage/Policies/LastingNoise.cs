using System.Buffers;

namespace Pilotage.Policies;

/// <summary>
/// Normal numbers of which each keeps a share of the one before: rho e + sqrt(1 - rho²) e'. At each step they are distributed as independent ones are; only successive
/// ones hang together.
/// </summary>
/// <param name="count">Numbers, [rows, dimensions].</param>
/// <param name="memory">rho, in [0, 1); 0: independent.</param>
/// <param name="deviation">Factor of all numbers, at least 0.</param>
/// <remarks>The idea: Eberhard et al., ICLR 2023 ("Pink noise is all you need"); the recursion is the Ornstein-Uhlenbeck process of arXiv:1509.02971.</remarks>
internal sealed class LastingNoise(int count, double memory, double deviation = 1) : ISaved
{
    private readonly float[] _values = new float[count];
    private readonly (float Kept, float Renewed) _shares = ((float)memory, (float)(deviation * Math.Sqrt(1 - memory * memory)));

    /// <summary>The numbers of this step.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Draws the first numbers.</summary>
    public void Begin(ref Randomness random)
    {
        foreach (ref var number in _values.AsSpan()) number = (float)deviation * (float)random.NextNormal();
    }

    /// <summary>Draws the next step's.</summary>
    public void Next(ref Randomness random)
    {
        foreach (ref var number in _values.AsSpan()) number = _shares.Kept * number + _shares.Renewed * (float)random.NextNormal();
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => writer.Write<float>(_values);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => reader.ReadInto<float>(_values);
}
