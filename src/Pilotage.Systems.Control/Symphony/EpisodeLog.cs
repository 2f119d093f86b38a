using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>An episode played while learning.</summary>
/// <param name="Steps">Environment steps so far, at its end.</param>
/// <param name="Return">What it earned, undiscounted.</param>
/// <param name="Length">Its steps.</param>
/// <param name="Scale">Mean S of the last update before its end, as the authors' program logs it; 0 while exploring.</param>
internal readonly record struct PlayedEpisode(long Steps, double Return, long Length, double Scale);

/// <summary>Every episode played while learning, in order.</summary>
/// <param name="rows">Rows of the environment.</param>
internal sealed class EpisodeLog(int rows) : ISaved
{
    private readonly double[] _returns = new double[rows];
    private readonly long[] _lengths = new long[rows];
    private readonly List<PlayedEpisode> _played = [];

    public IReadOnlyList<PlayedEpisode> Played => _played;

    /// <summary>Steps of a row's running episode.</summary>
    public long LengthOf(int row) => _lengths[row];

    /// <summary>Adds one vector step.</summary>
    public void Add(ReadOnlySpan<float> rewards, ReadOnlySpan<End> ends, long steps, double scale)
    {
        for (var row = 0; row < rewards.Length; row++)
        {
            _returns[row] += rewards[row];
            _lengths[row]++;
            if (ends[row] == End.Running) continue;
            _played.Add(new(steps, _returns[row], _lengths[row], scale));
            (_returns[row], _lengths[row]) = (0, 0);
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<double>(_returns);
        writer.Write<long>(_lengths);
        writer.Write<PlayedEpisode>([.. _played]);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<double>(_returns);
        reader.ReadInto<long>(_lengths);
        _played.Clear();
        _played.AddRange(reader.ReadArray<PlayedEpisode>());
    }
}
