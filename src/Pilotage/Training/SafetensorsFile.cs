using System.Collections.Frozen;
using System.IO.MemoryMappedFiles;

namespace Pilotage.Training;

/// <summary>A safetensors file, mapped into memory and read from there. Opening reads the header alone; data are paged in as they are read.</summary>
/// <remarks>
/// Reads BF16, F16 and F32 as floats exactly, NaNs' payloads, infinities, subnormals and signed zeros included, and F64 narrowed to the nearest, ties to
/// even; BOOL and integers as integers, exactly. Types beyond these (the F8 family, complex numbers, what the format may get) are listed and are open
/// through <see cref="Bytes(string)"/>. Any file opens as what its header says or is refused with an <see cref="InvalidDataException"/>, before it is mapped.
/// Reading is thread-safe, disposing during a read too. A file must not be cut off while it is open: on Linux, mapped pages that are no longer there end the process.
/// Source of the format: github.com/huggingface/safetensors.
/// </remarks>
public sealed unsafe class SafetensorsFile : IWeightSource, IDisposable
{
    private const string FloatTypes = "BF16, F16, F32, F64";
    private const string IntTypes = "BOOL, I8, U8, I16, U16, I32";
    private const string LongTypes = IntTypes + ", U32, I64, U64";

    // Bytes of a span are counted by an int: 2^24 elements of eight bytes fit, and a call for so many costs nothing beside them.
    private const int PartElements = 1 << 24;
    private readonly FrozenDictionary<string, SafeTensor> _tensors;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _dataBegin;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedViewAccessor view, long dataBegin)
    {
        Path = path;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
        _tensors = header.Tensors.ToFrozenDictionary(tensor => tensor.Name);
        (_view, _dataBegin) = (view, dataBegin);
    }

    private delegate void Conversion<T>(ReadOnlySpan<byte> source, Span<T> destination);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order of the data.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; }

    /// <summary>The header's texts by key; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; of any length.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="InvalidDataException">It is no safetensors file or is damaged; the message names it and says how.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is big-endian.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Safetensors files are mapped as they are, and this processor reverses their bytes.");
        using var stream = File.OpenRead(path);
        SafetensorsHeader header;
        try
        {
            header = SafetensorsHeader.Read(stream, listsUnknownTypes: true);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} cannot be used: {exception.Message}.", exception);
        }

        // The view lives on without the map and without the stream, so that a model of many shards holds no file open.
        using var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new(path, header, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), stream.Position);
    }

    /// <summary>Whether there is a tensor of this name.</summary>
    /// <param name="name">Its key in the header.</param>
    /// <returns>Whether <see cref="Find"/> would find it.</returns>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Where a tensor stands, its type and its shape.</summary>
    /// <param name="name">Its key in the header.</param>
    /// <returns>The tensor's entry.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public SafeTensor Find(string name) => _tensors.GetValueOrDefault(name)
        ?? throw new KeyNotFoundException($"{Path} has no tensor {name} among its {Tensors.Count}.");

    /// <inheritdoc/>
    /// <remarks>Reads BF16, F16, F32 and F64; the last is narrowed to the nearest, ties to even, and what is too large becomes infinity.</remarks>
    public void Read(string name, Span<float> destination)
    {
        var tensor = Find(name);
        Copy(tensor, destination, tensor.DataType switch
        {
            "BF16" => FloatConversion.WidenBFloat16,
            "F16" => FloatConversion.WidenHalf,
            "F32" => CopyBits,
            "F64" => FloatConversion.NarrowDouble,
            _ => throw Unreadable(tensor, "floats", FloatTypes),
        });
    }

    /// <summary>Copies a tensor of integers that fit 32 bits: BOOL (as 0 and 1), I8, U8, I16, U16 and I32.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">As long as the tensor has elements; filled row-major.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidDataException">The tensor has another type, more elements than a span, or a truth value other than 0 and 1.</exception>
    /// <exception cref="ObjectDisposedException">The file is disposed of.</exception>
    public void Read(string name, Span<int> destination)
    {
        var tensor = Find(name);
        Copy(tensor, destination, Integers<int>(tensor.DataType) ?? (tensor.DataType == "I32" ? CopyBits : throw Unreadable(tensor, "32-bit integers", IntTypes)));
    }

    /// <summary>Copies a tensor of integers of any type, BOOL (as 0 and 1) included.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">As long as the tensor has elements; filled row-major.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidDataException">
    /// The tensor has another type, more elements than a span, a truth value other than 0 and 1, or a number above 2^63 - 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The file is disposed of.</exception>
    public void Read(string name, Span<long> destination)
    {
        var tensor = Find(name);
        Copy(tensor, destination, Integers<long>(tensor.DataType) ?? tensor.DataType switch
        {
            "I32" => IntegerConversion.Widen<int, long>,
            "U32" => IntegerConversion.Widen<uint, long>,
            "I64" => CopyBits,
            "U64" => IntegerConversion.WidenUnsigned,
            _ => throw Unreadable(tensor, "64-bit integers", LongTypes),
        });
    }

    /// <summary>A tensor's bytes as they stand in the file, little-endian and of any type; no copy.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <returns>A view that must not be used after <see cref="Dispose"/>: the memory is then no longer there, and reading it ends the process.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="InvalidDataException">The tensor has more bytes than a span; take it in parts.</exception>
    /// <exception cref="ObjectDisposedException">The file is disposed of.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var tensor = Find(name);
        return tensor.Length <= int.MaxValue ? Bytes(name, 0, (int)tensor.Length) : throw new InvalidDataException(
            $"{Path}: {name} has {tensor.Length} bytes, and a span has at most {int.MaxValue}. Take it in parts.");
    }

    /// <summary>A part of a tensor's bytes, for tensors that are larger than a span.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <param name="begin">First byte, counted from the tensor's first.</param>
    /// <param name="length">Number of bytes.</param>
    /// <returns>A view that must not be used after <see cref="Dispose"/>.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the tensor.</exception>
    /// <exception cref="ObjectDisposedException">The file is disposed of.</exception>
    public ReadOnlySpan<byte> Bytes(string name, long begin, int length)
    {
        var tensor = Find(name);
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, tensor.Length - begin);
        var start = Acquire();
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        return new(start + tensor.Begin + begin, length);
    }

    /// <summary>Unmaps the file, after the reads that run have ended. What follows throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _view.Dispose();

    private static void CopyBits<T>(ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged => source.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(destination));

    private static Conversion<T>? Integers<T>(string dataType)
        where T : unmanaged, System.Numerics.INumberBase<T> => dataType switch
        {
            "BOOL" => IntegerConversion.WidenTruth,
            "I8" => IntegerConversion.Widen<sbyte, T>,
            "U8" => IntegerConversion.Widen<byte, T>,
            "I16" => IntegerConversion.Widen<short, T>,
            "U16" => IntegerConversion.Widen<ushort, T>,
            _ => null,
        };

    private void Copy<T>(SafeTensor tensor, Span<T> destination, Conversion<T> convert)
    {
        var count = tensor.Count;
        if (count > int.MaxValue) throw new InvalidDataException($"{Path}: {tensor.Name} has {count} elements, and a span has at most {int.MaxValue}. Take its bytes in parts.");
        if (destination.Length != count) throw new ArgumentException($"{Path}: {tensor.Name} has {count} elements; got a span of {destination.Length}.", nameof(destination));

        var start = Acquire();
        try
        {
            // An empty tensor has no size by division, and nothing to copy.
            var size = count == 0 ? 0 : (int)(tensor.Length / count);
            for (var i = 0; i < destination.Length; i += PartElements)
            {
                var part = destination.Slice(i, Math.Min(PartElements, destination.Length - i));
                convert(new(start + tensor.Begin + ((long)i * size), part.Length * size), part);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{Path}: {tensor.Name} {exception.Message}.", exception);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    // The first byte of the data. Until it is released, the file stays mapped even if another thread disposes of it.
    private byte* Acquire()
    {
        var handle = _view.SafeMemoryMappedViewHandle;
        ObjectDisposedException.ThrowIf(handle.IsClosed, this);
        byte* start = null;
        handle.AcquirePointer(ref start);
        return start + _view.PointerOffset + _dataBegin;
    }

    private InvalidDataException Unreadable(SafeTensor tensor, string kind, string allowed) =>
        new($"{Path}: {tensor.Name} is {tensor.DataType}, which cannot be read as {kind}. Allowed: {allowed}.");
}
