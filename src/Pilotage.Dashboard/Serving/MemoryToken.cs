using System.Buffers.Binary;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>What callers carry from one request of an episode to the next: the first eight bytes of the policy's version, then its numbers, little-endian. Nothing of it stays with the server.</summary>
internal static class MemoryToken
{
    private const int VersionBytes = 8;

    /// <summary>Packs a memory.</summary>
    public static byte[] Bytes(EpisodeMemory memory)
    {
        var bytes = new byte[VersionBytes + memory.Values.Length * sizeof(float)];
        Mark(memory.Version).CopyTo(bytes, 0);
        for (var i = 0; i < memory.Values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(VersionBytes + i * sizeof(float)), memory.Values.Span[i]);
        return bytes;
    }

    /// <summary>Unpacks a memory.</summary>
    /// <param name="bytes">As received.</param>
    /// <param name="version">Of the policy that decides now: a memory of it gets its whole name back, one of another is known as such.</param>
    /// <exception cref="UserMistakeException">It is none of ours (PIL1713).</exception>
    public static EpisodeMemory Read(ReadOnlySpan<byte> bytes, string version)
    {
        if (bytes.Length < VersionBytes || (bytes.Length - VersionBytes) % sizeof(float) != 0) throw Broken();
        var values = new float[(bytes.Length - VersionBytes) / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(VersionBytes + i * sizeof(float))..]);
        if (values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) throw Broken();
        return new(bytes[..VersionBytes].SequenceEqual(Mark(version)) ? version : "", values);
    }

    /// <summary>The same of a text.</summary>
    /// <exception cref="UserMistakeException">It is none of ours (PIL1713).</exception>
    public static EpisodeMemory Read(string text, string version)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Read(bytes.AsSpan(0, length), version) : throw Broken();
    }

    private static byte[] Mark(string version) => Convert.FromHexString(version.AsSpan(0, 2 * VersionBytes));

    private static UserMistakeException Broken() => new(new Mistake(
        "PIL1713", "A memory was changed or is not from this service.", "", "Give back what the reply before returned, or nothing where an episode begins.").ToString());
}
