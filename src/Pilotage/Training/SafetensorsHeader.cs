using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Pilotage.Training;

/// <summary>The header of a safetensors file: what stands in the data section, and where.</summary>
/// <remarks>
/// Layout: eight bytes, little-endian, with the length of the header; the header, a JSON object with <c>dtype</c>, <c>shape</c> and <c>data_offsets</c> for each
/// name and texts under <c>__metadata__</c>; the data, without gaps or overlaps. Source: the format's own description, github.com/huggingface/safetensors.
/// Reading trusts nothing: any file gives a header that fits it or an <see cref="InvalidDataException"/>.
/// </remarks>
/// <param name="Tensors">In the order of the data.</param>
/// <param name="Metadata">Texts by key; may be empty.</param>
public sealed record SafetensorsHeader(IReadOnlyList<SafeTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    internal const string MetadataKey = "__metadata__";

    // The reference implementation refuses longer headers; a real one has some hundred bytes for each tensor.
    private const long LongestHeader = 100_000_000;
    private const int Alignment = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of the data section.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>Writes length and header, padded with blanks so that the data begins at a multiple of eight bytes.</summary>
    /// <param name="stream">Left at the first byte of the data section.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">A name or a text is no valid UTF-16; nothing is written.</exception>
    public long Write(Stream stream)
    {
        // The writer of JSON would put a replacement there without a word, and two names may become one.
        foreach (var text in Tensors.Select(tensor => tensor.Name).Concat(Metadata.SelectMany(pair => new[] { pair.Key, pair.Value }))) _ = StrictUtf8.GetByteCount(text);

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0) WriteMetadata(json);
            foreach (var tensor in Tensors) WriteTensor(json, tensor);
            json.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);

        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, buffer.WrittenCount);
        stream.Write(length);
        stream.Write(buffer.WrittenSpan);
        return length.Length + buffer.WrittenCount;
    }

    /// <summary>Reads and checks length and header.</summary>
    /// <param name="stream">At its start; left at the first byte of the data section. Must know its length.</param>
    /// <returns>A header whose tensors cover the rest of the stream without gap or overlap.</returns>
    /// <exception cref="InvalidDataException">The stream is no safetensors file or is cut off; the message says how.</exception>
    public static SafetensorsHeader Read(Stream stream) => Read(stream, listsUnknownTypes: false);

    /// <summary>The same, for readers that list what they cannot read.</summary>
    /// <param name="stream">As above.</param>
    /// <param name="listsUnknownTypes">Whether a tensor of a type whose size is not known here is kept, its offsets unchecked against its shape.</param>
    /// <returns>The header.</returns>
    internal static SafetensorsHeader Read(Stream stream, bool listsUnknownTypes)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        var total = stream.Length - stream.Position;
        if (total < prefix.Length) throw new InvalidDataException($"it has {total} bytes, fewer than the length of a header");
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(total - prefix.Length))
            throw new InvalidDataException($"its header claims {length} bytes where the file has {total - prefix.Length} left");
        if (length > LongestHeader) throw new InvalidDataException($"its header claims {length} bytes; the longest allowed has {LongestHeader}");

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Parse(bytes, total - prefix.Length - (long)length, listsUnknownTypes);
    }

    private static SafetensorsHeader Parse(ReadOnlySpan<byte> bytes, long dataLength, bool listsUnknownTypes)
    {
        var tensors = new List<SafeTensor>();
        var metadata = new Dictionary<string, string>();
        try
        {
            var names = new HashSet<string>();
            var reader = new Utf8JsonReader(bytes);
            Expect(ref reader, JsonTokenType.StartObject);
            while (Next(ref reader) == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!names.Add(name)) throw new InvalidDataException($"its header names {name} twice");
                if (name == MetadataKey) ReadMetadata(ref reader, metadata);
                else tensors.Add(ReadTensor(ref reader, name, listsUnknownTypes));
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new InvalidDataException("its header is no JSON object");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // InvalidOperationException is what the reader throws for text that is no valid UTF-16, such as half a surrogate pair.
            throw new InvalidDataException("its header is no readable JSON", exception);
        }

        tensors = [.. tensors.OrderBy(tensor => (tensor.Begin, tensor.End))];               // stable, so that empty tensors keep the header's order
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end) throw new InvalidDataException($"{tensor.Name} begins at byte {tensor.Begin} of the data where byte {end} is next");
            end = tensor.End;
        }

        if (end != dataLength) throw new InvalidDataException($"its header describes {end} bytes of data and {dataLength} follow");
        return new(tensors, metadata);
    }

    private static SafeTensor ReadTensor(ref Utf8JsonReader reader, string name, bool listsUnknownTypes)
    {
        string? dataType = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype" when dataType is null:
                    Expect(ref reader, JsonTokenType.String);
                    dataType = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name);
                    break;
                default:
                    throw new InvalidDataException($"{name} has a field that the format does not have, or has one twice");
            }
        }

        if (dataType is null || shape is null || offsets is not [var begin, var end]) throw new InvalidDataException($"{name} lacks its type, its shape or its two offsets");
        var size = SafeTensor.SizeOf(dataType);
        if (size is null && !listsUnknownTypes) throw new InvalidDataException($"{name} has the unknown type {dataType}");
        Int128 bytes = size ?? 1;
        foreach (var extent in shape)
        {
            bytes *= extent;
            if (bytes > long.MaxValue) throw new InvalidDataException($"{name} has an impossible shape");
        }

        if (end < begin || (size is not null && end - begin != bytes)) throw new InvalidDataException($"{name} has offsets that do not fit its shape");
        return new(name, dataType, shape, begin, end);
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.Number)
        {
            if (!reader.TryGetInt64(out var number) || number < 0) throw new InvalidDataException($"{name} has a size or an offset that is no count");
            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw new InvalidDataException($"{name} has a list with something other than numbers");
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!)) throw new InvalidDataException($"its metadata names {key} twice");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : JsonTokenType.None;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (Next(ref reader) != type) throw new InvalidDataException($"its header has {reader.TokenType} where {type} belongs");
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in Metadata) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafeTensor tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DataType);
        json.WriteStartArray("shape");
        foreach (var extent in tensor.Shape) json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Begin);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
