using System.Buffers.Binary;
using System.Text;

namespace Pilotage.Tests.Training;

/// <summary>Safetensors files by hand, so that tests of the reader do not rest on the writer.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, params ReadOnlySpan<byte> data) => Of(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Of(byte[] header, ReadOnlySpan<byte> data) => [.. Length(header.LongLength), .. header, .. data];

    public static byte[] Length(long length)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    // Emptying a file and filling it again makes some file systems flush it to the disk, a hundred times the cost of the case.
    public static void Overwrite(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        stream.Write(bytes);
        stream.SetLength(bytes.Length);
    }

    public static string Entry(string name, string type, string shape, long begin, long end) =>
        $$"""
        "{{name}}":{"dtype":"{{type}}","shape":{{shape}},"data_offsets":[{{begin}},{{end}}]}
        """;
}
