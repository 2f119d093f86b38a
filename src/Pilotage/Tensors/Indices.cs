namespace Pilotage.Tensors;

/// <summary>Integers in the open step: which elements to gather. Not a tensor: no arithmetic, no gradient.</summary>
public readonly struct Indices
{
    internal readonly int _slot;
    private readonly Tape? _tape;
    private readonly int _version;

    internal Indices(Tape tape, int slot)
    {
        _tape = tape;
        _slot = slot;
        _version = tape.Version;
    }

    /// <summary>Copies integers into the open step.</summary>
    /// <param name="values">Row-major; as many as the shape has elements.</param>
    /// <param name="shape">The extents.</param>
    /// <returns>The indices, valid until the step ends.</returns>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static Indices From(ReadOnlySpan<int> values, params ReadOnlySpan<int> shape)
    {
        var extents = new Shape(shape);
        if (values.Length != extents.Count) throw new ArgumentException($"{values.Length} values do not fill shape {extents} of {extents.Count} elements.", nameof(values));
        var tape = TapeStack.Current;
        return new(tape, tape.Indices(values, extents));
    }

    /// <summary>The extents.</summary>
    public Shape Shape => Tape.ShapeOfIndices(_slot);

    /// <summary>Copies the integers out of the step.</summary>
    /// <param name="destination">Exactly as long as there are elements; filled row-major.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void CopyTo(Span<int> destination)
    {
        if (destination.Length != Shape.Count) throw new ArgumentException($"CopyTo: {Shape} has {Shape.Count} elements, the destination {destination.Length}.", nameof(destination));
        _tape!.CopyIndices(_slot, destination);
    }

    internal Tape Tape => _tape is not null && _tape.Version == _version ? _tape : throw new ObjectDisposedException(nameof(Indices), "The indices' step has ended.");

    internal int SlotOn(Tape tape) => ReferenceEquals(tape, Tape) ? _slot : throw tape.Foreign(_tape!, nameof(Indices));
}
