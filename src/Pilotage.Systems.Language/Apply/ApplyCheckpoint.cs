using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pilotage.Systems.Language.Apply;

/// <summary>The checkpoints of an application, taken between two iterations: the two newest are kept.</summary>
/// <param name="folder">Made at the first checkpoint.</param>
/// <param name="identity">Of data, tokenizer and starting weights.</param>
internal sealed class ApplyCheckpoint(string folder, string identity)
{
    private const string Head = "pilotage application 1\n";
    private const int HashBytes = 32;

    /// <summary>Writes one, whole or not at all.</summary>
    /// <param name="step">Iterations so far.</param>
    /// <param name="state">Writes the learner.</param>
    public void Save(long step, Action<IBufferWriter<byte>> state)
    {
        var content = new ArrayBufferWriter<byte>();
        BuffersExtensions.Write(content, Encoding.UTF8.GetBytes($"{Head}{identity}\n"));   // named in full: the extension here would write a length before
        content.Write(step);
        state(content);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, step.ToString("D9", CultureInfo.InvariantCulture));
        using (var file = File.Create(path + ".partial"))
        {
            file.Write(SHA256.HashData(content.WrittenSpan));
            file.Write(content.WrittenSpan);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".partial", path, overwrite: true);
        foreach (var old in Whole().SkipLast(2)) File.Delete(old);
    }

    /// <summary>Reads the newest that is whole.</summary>
    /// <returns>Iterations done and what the learner wrote; <see langword="null"/> where there is none.</returns>
    /// <exception cref="UserMistakeException">PIL1817: it belongs to other data or another model; PIL1819: none can be read.</exception>
    public (long Step, ReadOnlyMemory<byte> State)? Load()
    {
        string[] files = [.. Whole().Reverse()];
        foreach (var path in files)
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length <= HashBytes || !SHA256.HashData(bytes.AsSpan(HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, HashBytes))) continue;
            var head = Encoding.UTF8.GetBytes($"{Head}{identity}\n");
            if (!bytes.AsSpan(HashBytes).StartsWith(head))
                throw new UserMistakeException(new Mistake("PIL1817", "The checkpoint belongs to other problems or to another model than those given now.", path, "Put the files back as they were, or begin anew in another folder.").ToString());
            var begin = HashBytes + head.Length;
            return (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(begin)), bytes.AsMemory(begin + sizeof(long)));
        }
        return files.Length == 0 ? null : throw new UserMistakeException(new Mistake("PIL1819", $"None of the {files.Length} checkpoints can be read.", folder, "Begin anew in another folder.").ToString());
    }

    private IEnumerable<string> Whole() => Directory.Exists(folder) ? Directory.GetFiles(folder).Where(file => Path.GetExtension(file).Length == 0).Order(StringComparer.Ordinal) : [];
}
