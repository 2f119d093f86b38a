using System.Buffers;
using System.Runtime.InteropServices;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Rows of a rollout as bytes: what a worker collected, on its way into the learner's rollout.</summary>
internal static class RolloutPiece
{
    /// <summary>Writes all that a collection fills, each array [T, rows, …] of the piece alone.</summary>
    public static void Write(Rollout rollout, IBufferWriter<byte> writer)
    {
        writer.Write<float>(rollout.Observations);
        writer.Write<bool>(rollout.Legal);
        writer.Write<int>(rollout.ActionIndices);
        writer.Write<float>(rollout.ActionValues);
        writer.Write<float>(rollout.LogProbabilities);
        writer.Write<float>(rollout.Values);
        writer.Write<float>(rollout.NextValues);
        writer.Write<float>(rollout.Rewards);
        writer.Write<End>(rollout.Ends);
    }

    /// <summary>Brings what <see cref="Write"/> wrote to its rows of a larger rollout.</summary>
    /// <param name="reader">Left behind the piece.</param>
    /// <param name="rollout">Of all rows.</param>
    /// <param name="first">First row of the piece.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <exception cref="InvalidDataException">Another size.</exception>
    public static void ReadInto(ref SequenceReader<byte> reader, Rollout rollout, int first, int rows)
    {
        Place(ref reader, rollout.Observations, rollout, first, rows);
        Place(ref reader, rollout.Legal, rollout, first, rows);
        Place(ref reader, rollout.ActionIndices, rollout, first, rows);
        Place(ref reader, rollout.ActionValues, rollout, first, rows);
        Place(ref reader, rollout.LogProbabilities, rollout, first, rows);
        Place(ref reader, rollout.Values, rollout, first, rows);
        Place(ref reader, rollout.NextValues, rollout, first, rows);
        Place(ref reader, rollout.Rewards, rollout, first, rows);
        Place(ref reader, rollout.Ends, rollout, first, rows);
    }

    private static void Place<T>(ref SequenceReader<byte> reader, T[] all, Rollout rollout, int first, int rows) where T : unmanaged
    {
        var width = all.Length / rollout.Count;
        var length = reader.ReadLong();
        if (length != (long)rollout.Horizon * rows * width)
            throw new InvalidDataException($"A worker's rollout has {length} numbers where {(long)rollout.Horizon * rows * width} are expected.");
        for (var t = 0; t < rollout.Horizon; t++)
        {
            var bytes = MemoryMarshal.AsBytes(all.AsSpan((t * rollout.Rows + first) * width, rows * width));
            if (!reader.TryCopyTo(bytes)) throw new InvalidDataException("A worker's rollout ends early.");
            reader.Advance(bytes.Length);
        }
    }
}
