using System.Runtime.InteropServices;
using Pilotage.Tensors;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch;

/// <summary>Numbers between spans and native tensors. What it returns is the caller's to dispose of.</summary>
internal static class HostCopy
{
    /// <summary>The extents as libtorch takes them.</summary>
    public static long[] Extents(in Shape shape)
    {
        var extents = new long[shape.Rank];
        for (var i = 0; i < extents.Length; i++) extents[i] = shape[i];
        return extents;
    }

    public static Native FromFloats(ReadOnlySpan<float> values, in Shape shape, TorchDevice device) => Moved(From(values, shape, ScalarType.Float32), device.Type, device);

    public static Native FromDoubles(ReadOnlySpan<double> values, in Shape shape, TorchDevice device) => Moved(From(values, shape, ScalarType.Float64), device.Type, device);

    public static Native FromIntegers(ReadOnlySpan<int> values, in Shape shape, TorchDevice device) => Moved(From(values, shape, ScalarType.Int32), ScalarType.Int64, device);

    public static Native FromBooleans(ReadOnlySpan<bool> values, in Shape shape, TorchDevice device) => Moved(From(values, shape, ScalarType.Bool), ScalarType.Bool, device);

    public static void ToFloats(Native source, Span<float> destination) => To(source, ScalarType.Float32, destination);

    public static void ToDoubles(Native source, Span<double> destination) => To(source, ScalarType.Float64, destination);

    public static void ToIntegers(Native source, Span<int> destination) => To(source, ScalarType.Int32, destination);

    public static void ToBooleans(Native source, Span<bool> destination) => To(source, ScalarType.Bool, destination);

    /// <summary>A tensor in the memory itself, which it keeps alive and where it is pinned.</summary>
    public static Native Shared(Memory<float> memory)
    {
        if (memory.IsEmpty) return zeros(0, ScalarType.Float32);
        if (!MemoryMarshal.TryGetArray<float>(memory, out var segment)) throw new InvalidOperationException("The parameters do not lie in an array.");
        return frombuffer(segment.Array!, ScalarType.Float32, segment.Count, segment.Offset);
    }

    private static Native From<T>(ReadOnlySpan<T> values, in Shape shape, ScalarType type) where T : unmanaged
    {
        var tensor = empty(Extents(shape), type);
        if (!values.IsEmpty) MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return tensor;
    }

    private static Native Moved(Native tensor, ScalarType type, TorchDevice device)
    {
        if (tensor.dtype == type && device.Place.type == TorchSharp.DeviceType.CPU) return tensor;
        using (tensor) return tensor.to(type, device.Place);
    }

    private static void To<T>(Native source, ScalarType type, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty) return;
        using var alone = source.detach();
        using var moved = alone.to(type, CPU);
        using var dense = moved.contiguous();
        dense.bytes.CopyTo(MemoryMarshal.AsBytes(destination));
    }
}
