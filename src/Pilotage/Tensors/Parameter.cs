namespace Pilotage.Tensors;

/// <summary>A named, shaped place in a flat buffer of <see cref="Parameters"/>.</summary>
public sealed class Parameter
{
    internal Parameter(Parameters owner, string name, Shape shape, int offset)
    {
        Owner = owner;
        Name = name;
        Shape = shape;
        Offset = offset;
    }

    /// <summary>Dotted path: <c>policy.hidden0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Extents; a linear layer's weight is [in, out].</summary>
    public Shape Shape { get; }

    /// <summary>The values, row-major; a live view.</summary>
    public Span<float> Values => Owner.ValueMemory.Span.Slice(Offset, Shape.Count);

    /// <summary>The gradient of the last backward pass, row-major; a live view.</summary>
    public ReadOnlySpan<float> Gradient => Owner.GradientMemory.Span.Slice(Offset, Shape.Count);

    internal Parameters Owner { get; }

    internal unsafe float* ValuePointer => Owner.ValuePointer + Offset;

    internal unsafe float* GradientPointer => Owner.GradientPointer + Offset;

    /// <summary>Place of the first element in the owner's buffers; a multiple of <see cref="Parameters.Alignment"/>, but for a <see cref="Part"/>.</summary>
    internal int Offset { get; }

    /// <summary>A view of one of several equal parts that lie one behind another, such as a member's weight. Its gradient is that part of this one's.</summary>
    internal Parameter Part(int index, Shape shape) => new(Owner, $"{Name}[{index}]", shape, Offset + index * shape.Count);
}
