using System.Buffers;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Sums over actions: strength, change, nearness to the limits.</summary>
internal sealed class ActionTally : ISaved
{
    private const float Limit = 0.99f, NearLimit = 0.75f;
    private readonly double[] _sums = new double[2];                                      // of ‖a‖², of ‖a - a before‖²
    private readonly long[] _counts = new long[5];                                        // actions, changes, numbers, numbers beyond .99, numbers beyond .75
    private readonly long[] _bins = new long[ActionGauge.Bins];

    /// <summary>Mean of ‖a‖² over steps, summed over dimensions.</summary>
    public double Strength => Share(_sums[0], _counts[0]);

    /// <summary>Mean of ‖a - a before‖² over steps that have one before in their episode.</summary>
    public double Change => Share(_sums[1], _counts[1]);

    /// <summary>Share of numbers with |a| above 0.99.</summary>
    public double LimitHits => Share(_counts[3], _counts[2]);

    /// <summary>Share of numbers with |a| above 0.75.</summary>
    public double NearLimitHits => Share(_counts[4], _counts[2]);

    /// <summary>Shares of numbers by |a|, pieces of equal width from 0 to 1.</summary>
    public IReadOnlyList<double> Histogram => [.. _bins.Select(count => Share(count, _counts[2]))];

    /// <summary>Adds one number.</summary>
    /// <param name="size">|a|, in [0, 1].</param>
    public void Count(float size)
    {
        _counts[2]++;
        if (size > Limit) _counts[3]++;
        if (size > NearLimit) _counts[4]++;
        _bins[Math.Min((int)(size * _bins.Length), _bins.Length - 1)]++;
    }

    /// <summary>Adds one step.</summary>
    /// <param name="strength">‖a‖².</param>
    /// <param name="change">‖a - a before‖²; <see langword="null"/> at the first step of an episode.</param>
    public void Add(double strength, double? change)
    {
        _sums[0] += strength;
        _counts[0]++;
        if (change is not { } known) return;
        _sums[1] += known;
        _counts[1]++;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<double>(_sums);
        writer.Write<long>(_counts);
        writer.Write<long>(_bins);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<double>(_sums);
        reader.ReadInto<long>(_counts);
        reader.ReadInto<long>(_bins);
    }

    private static double Share(double sum, long count) => count == 0 ? 0 : sum / count;
}
