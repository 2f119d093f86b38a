using System.Buffers;
using System.Text;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>The whole state of a training in a file: networks, optimiser, replay, moving average, reward size, environment, random streams. Going on from it gives the same bits as never having stopped.</summary>
/// <param name="path">Where it is written.</param>
/// <param name="environment">Name of the environment.</param>
/// <param name="config">Settings; those that make the state must be the same when it is read, the number of steps may differ.</param>
/// <param name="seed">Root of the seed tree.</param>
internal sealed class StateFile(string path, string environment, SymphonyConfig config, long seed)
{
    /// <summary>Name in the output folder.</summary>
    public const string Name = "symphony.state";

    private const string Magic = "pilotage-symphony-state/1";
    private readonly string _header = FormattableString.Invariant($"{Magic} {environment} seed {seed} {config.Identity}\n");

    /// <summary>Whether a file begins as one.</summary>
    public static bool IsState(string path)
    {
        var wanted = Encoding.UTF8.GetBytes(Magic + " ");
        var begin = new byte[wanted.Length];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.AsSpan().SequenceEqual(wanted);
    }

    /// <summary>Writes the state, whole or not at all.</summary>
    public void Save(SymphonyLearner learner)
    {
        var writer = new ArrayBufferWriter<byte>();
        learner.Save(writer);
        using (var stream = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.UTF8.GetBytes(_header));
            stream.Write(writer.WrittenSpan);
            stream.Flush(flushToDisk: true);
        }
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Reads a state.</summary>
    /// <param name="learner">Freshly made with the same settings.</param>
    /// <param name="from">The file.</param>
    /// <returns>Steps that were learned before.</returns>
    /// <exception cref="UserMistakeException">It is of another environment, seed or settings, or cut off.</exception>
    public long Load(SymphonyLearner learner, string from)
    {
        var bytes = File.ReadAllBytes(from);
        var end = Array.IndexOf(bytes, (byte)'\n') + 1;
        var header = Encoding.UTF8.GetString(bytes, 0, end);
        if (header != _header) throw Mistake($"This state is of \"{header.Trim()}\"; this run is \"{_header.Trim()}\".", from, "Repeat environment, seed and settings as they were; only method.steps may differ.");
        try
        {
            var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes, end, bytes.Length - end));
            learner.Load(ref reader);
            if (reader.Remaining > 0) throw new InvalidDataException("There is more in it than a state.");
            return learner.Steps;
        }
        catch (InvalidDataException problem)
        {
            throw Mistake($"This state cannot be read: {problem.Message.TrimEnd('.')}.", from, "It was cut off or changed: begin anew.");
        }
    }

    private static UserMistakeException Mistake(string what, string where, string advice) => new(new Mistake("PIL1404", what, where, advice).ToString());
}
