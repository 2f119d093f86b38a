using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pilotage.Training;

/// <summary>Gathers tensors and writes them as one safetensors file. Values are neither copied nor converted before they are written.</summary>
/// <remarks>
/// The same tensors and metadata in the same order give the same bytes. Larger element types stand first, as the format's own writer sorts them, so that all
/// data are aligned to their type; within one size the order is the one in which tensors were added (the format's own writer sorts by type and name there;
/// readers accept any order). Writing goes to a stream and is as safe as that stream: for a file that is whole or not there, write to a temporary one and rename.
/// Not thread-safe.
/// </remarks>
public sealed class SafetensorsWriter
{
    private const int PartElements = 1 << 14;
    private readonly List<Entry> _entries = [];
    private readonly HashSet<string> _names = [];

    private delegate void Visitor(ReadOnlySpan<byte> bytes);

    /// <summary>Texts for the header, written in the order in which they were added.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = [];

    /// <summary>Adds a tensor of floats.</summary>
    /// <param name="block">Its name, unique here, is the key in the header; its values, as many as the shape says, are read when the file is written.</param>
    /// <param name="format">How they are stored.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape does not fit the values.</exception>
    public void Add(WeightBlock block, FloatFormat format = FloatFormat.F32)
    {
        var size = format == FloatFormat.F32 ? sizeof(float) : sizeof(ushort);
        Add(new Entry(block.Name, format.ToString(), [.. block.Shape.Select(extent => (long)extent)], size, (long)block.Values.Length * size, format switch
        {
            FloatFormat.F32 => visit => VisitSingles(block.Values, visit),
            FloatFormat.BF16 => visit => VisitNarrowed(block.Values, FloatConversion.NarrowToBFloat16, visit),
            FloatFormat.F16 => visit => VisitNarrowed(block.Values, FloatConversion.NarrowToHalf, visit),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        }));
    }

    /// <summary>Adds a tensor of any type whose element size is known.</summary>
    /// <param name="name">Its key in the header; unique here.</param>
    /// <param name="dataType">As the format names it: <c>I64</c>, <c>U8</c>, <c>BOOL</c>…</param>
    /// <param name="shape">Row-major; empty for a scalar.</param>
    /// <param name="bytes">Little-endian, as many as type and shape say; read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or reserved, the type is not known, or type and shape do not fit the bytes.</exception>
    public void Add(string name, string dataType, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        var size = SafeTensor.SizeOf(dataType) ?? throw new ArgumentException($"{name}: there is no type {dataType}.", nameof(dataType));
        Add(new Entry(name, dataType, [.. shape], size, bytes.Length, visit => visit(bytes.Span)));
    }

    /// <summary>SHA-256 of the data section as it would be written now, without the header; so it can stand in <see cref="Metadata"/>.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string HashData()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        VisitData(hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes header and data.</summary>
    /// <param name="stream">Where to; need not seek. Neither flushed nor closed.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">A name or a text is no valid UTF-16; nothing is written.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is big-endian.</exception>
    public long Write(Stream stream)
    {
        var end = 0L;
        var header = new SafetensorsHeader([.. Ordered().Select(entry => new SafeTensor(entry.Name, entry.DataType, entry.Shape, end, end += entry.Length))], Metadata);
        var headerLength = header.Write(stream);
        VisitData(stream.Write);
        return headerLength + header.DataLength;
    }

    private static void VisitSingles(ReadOnlyMemory<float> values, Visitor visit)
    {
        // In parts, because a span's bytes are counted by an int and 2^31 floats are more of them.
        for (var start = 0; start < values.Length; start += PartElements)
            visit(MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(PartElements, values.Length - start))));
    }

    private static void VisitNarrowed(ReadOnlyMemory<float> values, Action<ReadOnlySpan<float>, Span<ushort>> narrow, Visitor visit)
    {
        var narrowed = new ushort[Math.Min(PartElements, values.Length)];
        for (var start = 0; start < values.Length; start += PartElements)
        {
            var part = narrowed.AsSpan(0, Math.Min(PartElements, values.Length - start));
            narrow(values.Span.Slice(start, part.Length), part);
            visit(MemoryMarshal.AsBytes(part));
        }
    }

    private void Add(Entry entry)
    {
        if (entry.Name == SafetensorsHeader.MetadataKey) throw new ArgumentException($"A tensor may not be called {entry.Name}: the format keeps texts there.");
        if (entry.Shape.Any(extent => extent < 0)) throw new ArgumentException($"{entry.Name} has a negative extent: {SafeTensor.Text(entry.Shape)}.");
        // A file that the reader would refuse is never written: the product is checked from the left, as there.
        Int128 bytes = entry.ElementBytes;
        foreach (var extent in entry.Shape)
        {
            bytes *= extent;
            if (bytes > long.MaxValue) throw new ArgumentException($"{entry.Name} has an impossible shape: {SafeTensor.Text(entry.Shape)}.");
        }

        if (bytes != entry.Length)
            throw new ArgumentException($"{entry.Name} has the shape {SafeTensor.Text(entry.Shape)}, {bytes} bytes of {entry.DataType}, and values of {entry.Length} bytes.");
        if (!_names.Add(entry.Name)) throw new ArgumentException($"There is already a tensor named {entry.Name}.");
        _entries.Add(entry);
    }

    private void VisitData(Visitor visit)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Safetensors files are written as values stand in memory, and this processor reverses their bytes.");
        foreach (var entry in Ordered()) entry.Visit(visit);
    }

    private IEnumerable<Entry> Ordered() => _entries.OrderByDescending(entry => entry.ElementBytes);    // a stable sort

    private sealed record Entry(string Name, string DataType, IReadOnlyList<long> Shape, int ElementBytes, long Length, Action<Visitor> Visit);
}
