namespace Pilotage.Tensors;

/// <summary>Integers in the open step: which elements to gather. Not a tensor: no arithmetic, no gradient.</summary>
public readonly struct Indices
{
    private readonly Tape? _tape;
    private readonly int _version;

    /// <summary>The slot, and in the upper byte the code of its operation, so that a stale handle can name it.</summary>
    private readonly uint _slotAndCode;

    internal Indices(Tape tape, int slot)
    {
        _tape = tape;
        _slotAndCode = (uint)slot | (uint)tape.CodeOfIndices(slot) << 24;
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
        if (values.Length != extents.Count) throw new ArgumentException($"Indices.From: {values.Length} values do not fill {extents}; wanted {extents.Count}.", nameof(values));
        var tape = TapeStack.Current;
        return new(tape, tape.Indices(values, extents));
    }

    /// <summary>The extents.</summary>
    public Shape Shape => Tape.ShapeOfIndices(Slot);

    /// <summary>Copies the integers out of the step.</summary>
    /// <param name="destination">Exactly as long as there are elements; filled row-major.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void CopyTo(Span<int> destination)
    {
        if (destination.Length != Shape.Count) throw new ArgumentException($"CopyTo: {Shape} has {Shape.Count} elements, the destination {destination.Length}.", nameof(destination));
        _tape!.CopyIndices(Slot, destination);
    }

    internal Tape Tape => _tape is not null && _tape.Version == _version ? _tape : throw Stale();

    internal int Slot => (int)(_slotAndCode & Tape.MaximumSlot);

    internal int SlotOn(Tape tape) => ReferenceEquals(tape, Tape) ? Slot : throw tape.Foreign(_tape!, _tape!.DescribeIndices(Slot));

    private ObjectDisposedException Stale() => _tape is null
        ? new ObjectDisposedException(nameof(Indices), "These are the default indices; they never had a step.")
        : new ObjectDisposedException(nameof(Indices), $"The step of these indices has ended; they were made by {_tape.DescribeEnded(Slot, (byte)(_slotAndCode >> 24))}. Take integers out with CopyTo before the step ends.");
}
