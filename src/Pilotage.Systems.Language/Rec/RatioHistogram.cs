using System.Buffers;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Counts tokens by their ratio, learned from and left out.</summary>
internal sealed class RatioHistogram : ISaved
{
    private readonly long[] _kept = new long[Borders.Count + 1];
    private readonly long[] _left = new long[Borders.Count + 1];
    private float[] _ratios = [], _masks = [];

    /// <summary>Borders between the bins; the first bin begins at 0 and the last has no end.</summary>
    public static IReadOnlyList<double> Borders { get; } = [0.01, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.1, 1.2, 1.5, 2, 3, 10, 100];

    /// <summary>Adds tokens.</summary>
    /// <param name="ratio">[actions].</param>
    /// <param name="mask">1 for those learned from, [actions].</param>
    public void Add(Tensor ratio, Tensor mask)
    {
        var count = ratio.Shape.Count;
        if (_ratios.Length < count) (_ratios, _masks) = (new float[count], new float[count]);
        ratio.CopyTo(_ratios.AsSpan(0, count));
        mask.CopyTo(_masks.AsSpan(0, count));
        for (var i = 0; i < count; i++) (_masks[i] > 0 ? _kept : _left)[Bin(_ratios[i])]++;
    }

    /// <summary>Shares of all tokens, by bin.</summary>
    /// <param name="kept">Of those learned from, or of those left out.</param>
    /// <returns>One for each bin; together with the other kind they sum to 1.</returns>
    public IReadOnlyList<double> Shares(bool kept)
    {
        var all = Math.Max(1, _kept.Sum() + _left.Sum());
        return [.. (kept ? _kept : _left).Select(count => (double)count / all)];
    }

    /// <summary>What a bin holds, in words.</summary>
    /// <param name="bin">From 0.</param>
    /// <returns>Such as <c>0.8-0.9</c>.</returns>
    public static string Label(int bin) => bin == 0 ? FormattableString.Invariant($"< {Borders[0]}")
        : bin == Borders.Count ? FormattableString.Invariant($">= {Borders[^1]}")
        : FormattableString.Invariant($"{Borders[bin - 1]}-{Borders[bin]}");

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<long>(_kept);
        writer.Write<long>(_left);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<long>(_kept);
        reader.ReadInto<long>(_left);
    }

    private static int Bin(double ratio)
    {
        var bin = 0;
        while (bin < Borders.Count && ratio >= Borders[bin]) bin++;
        return bin;
    }
}
