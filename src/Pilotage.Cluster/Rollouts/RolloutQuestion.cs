using System.Buffers;
using System.Text;
using Pilotage.Experience;

namespace Pilotage.Cluster.Rollouts;

/// <summary>A piece of a rollout on its way to a worker.</summary>
/// <param name="Run">Tells this training from others.</param>
/// <param name="TextKey">Key under which the training's text is pulled.</param>
/// <param name="Task">The piece.</param>
internal sealed record RolloutQuestion(string Run, string TextKey, RolloutTask Task)
{
    /// <summary>Key under which the weights of a version are pulled.</summary>
    public static string WeightsKey(string run, long version) => FormattableString.Invariant($"{run}/weights/{version}");

    public byte[] ToBytes()
    {
        var writer = new ArrayBufferWriter<byte>(Task.State.Length + 256);
        writer.Write<byte>(Encoding.UTF8.GetBytes(Run));
        writer.Write<byte>(Encoding.UTF8.GetBytes(TextKey));
        foreach (var number in new[] { Task.Sequence, Task.Shard, Task.First, Task.Rows }) writer.Write(number);
        writer.Write<long>(Task.Versions.ToArray());
        writer.Write<byte>(Task.State.Span);
        return writer.WrittenSpan.ToArray();
    }

    public static RolloutQuestion Read(byte[] bytes)
    {
        var reader = new SequenceReader<byte>(new(bytes));
        var run = Encoding.UTF8.GetString(reader.ReadArray<byte>());
        var textKey = Encoding.UTF8.GetString(reader.ReadArray<byte>());
        var (sequence, shard, first, rows) = (reader.ReadLong(), (int)reader.ReadLong(), (int)reader.ReadLong(), (int)reader.ReadLong());
        return new(run, textKey, new(sequence, shard, first, rows, reader.ReadArray<long>(), reader.ReadArray<byte>()));
    }
}
