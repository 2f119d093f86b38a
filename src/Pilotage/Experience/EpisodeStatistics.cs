using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Returns and lengths of the episodes that a learner plays, summed row by row.</summary>
/// <param name="rows">Rows of the environment.</param>
public sealed class EpisodeStatistics(int rows) : ISaved
{
    private const int Window = 100;                                                     // episodes in the running mean, as the field reports it
    private readonly double[] _returns = new double[rows];
    private readonly long[] _lengths = new long[rows];
    private readonly double[] _recentReturns = new double[Window];
    private readonly double[] _recentLengths = new double[Window];

    /// <summary>Episodes finished so far.</summary>
    public long Finished { get; private set; }

    /// <summary>Mean undiscounted return of the last hundred finished episodes; NaN before the first.</summary>
    public double MeanReturn => Mean(_recentReturns);

    /// <summary>Mean length of the last hundred finished episodes, in steps; NaN before the first.</summary>
    public double MeanLength => Mean(_recentLengths);

    /// <summary>Adds one vector step.</summary>
    /// <param name="rewards">One per row.</param>
    /// <param name="ends">One per row.</param>
    /// <param name="counts">Which rows count; empty for all.</param>
    public void Add(ReadOnlySpan<float> rewards, ReadOnlySpan<End> ends, ReadOnlySpan<bool> counts = default)
    {
        for (var row = 0; row < rewards.Length; row++)
        {
            if (!counts.IsEmpty && !counts[row]) continue;
            _returns[row] += rewards[row];
            _lengths[row]++;
            if (ends[row] == End.Running) continue;
            _recentReturns[Finished % Window] = _returns[row];
            _recentLengths[Finished % Window] = _lengths[row];
            Finished++;
            _returns[row] = 0;
            _lengths[row] = 0;
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Finished);
        writer.Write<double>(_returns);
        writer.Write<long>(_lengths);
        writer.Write<double>(_recentReturns);
        writer.Write<double>(_recentLengths);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Finished = reader.ReadLong();
        reader.ReadInto<double>(_returns);
        reader.ReadInto<long>(_lengths);
        reader.ReadInto<double>(_recentReturns);
        reader.ReadInto<double>(_recentLengths);
    }

    private double Mean(double[] recent)
    {
        var count = (int)Math.Min(Finished, Window);
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += recent[i];
        return count == 0 ? double.NaN : sum / count;
    }
}
