namespace Pilotage.Tensors;

/// <summary>Booleans in the open step: legal actions, valid rows. The default value means "no mask": everything is allowed.</summary>
public readonly struct Mask
{
    private readonly Tape? _tape;
    private readonly int _version;

    /// <summary>The slot, and in the upper byte the code of its operation, so that a stale handle can name it.</summary>
    private readonly uint _slotAndCode;

    internal Mask(Tape tape, int slot)
    {
        _tape = tape;
        _slotAndCode = (uint)slot | (uint)tape.CodeOfMask(slot) << 24;
        _version = tape.Version;
    }

    /// <summary>Whether this is the default value: no mask.</summary>
    public bool IsNone => _tape is null;

    /// <summary>Copies booleans into the open step.</summary>
    /// <param name="values">Row-major; as many as the shape has elements. Empty values with no shape give the default: no mask.</param>
    /// <param name="shape">The extents.</param>
    /// <returns>The mask, valid until the step ends.</returns>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static Mask From(ReadOnlySpan<bool> values, params ReadOnlySpan<int> shape)
    {
        if (values.IsEmpty && shape.IsEmpty) return default;
        var extents = new Shape(shape);
        if (values.Length != extents.Count) throw new ArgumentException($"Mask.From: {values.Length} values do not fill {extents}; wanted {extents.Count}.", nameof(values));
        var tape = TapeStack.Current;
        return new(tape, tape.Mask(values, extents));
    }

    /// <summary>The extents.</summary>
    public Shape Shape => Tape.ShapeOfMask(Slot);

    /// <summary>True where both are.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left and right.</returns>
    public static Mask operator &(Mask left, Mask right) => left.Combine(MaskOperation.And, right);

    /// <summary>True where one is.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left or right.</returns>
    public static Mask operator |(Mask left, Mask right) => left.Combine(MaskOperation.Or, right);

    /// <summary>True where the operand is not.</summary>
    /// <param name="operand">The mask.</param>
    /// <returns>Not the operand.</returns>
    public static Mask operator !(Mask operand) => new(operand.Tape, operand._tape!.Combine(MaskOperation.Not, operand.Slot, -1, operand.Shape));

    /// <summary>Copies the booleans out of the step.</summary>
    /// <param name="destination">Exactly as long as the mask has elements; filled row-major.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void CopyTo(Span<bool> destination)
    {
        if (destination.Length != Shape.Count) throw new ArgumentException($"CopyTo: {Shape} has {Shape.Count} elements, the destination {destination.Length}.", nameof(destination));
        _tape!.CopyMask(Slot, destination);
    }

    private Mask Combine(MaskOperation operation, Mask right)
    {
        var shape = Shape.Broadcast(Shape, right.Shape, operation);
        return new(_tape!, _tape!.Combine(operation, Slot, right.SlotOn(_tape), shape));
    }

    internal Tape Tape => _tape is not null && _tape.Version == _version ? _tape : throw Stale();

    internal int Slot => (int)(_slotAndCode & Tape.MaximumSlot);

    internal int SlotOn(Tape tape) => ReferenceEquals(tape, Tape) ? Slot : throw tape.Foreign(_tape!, _tape!.DescribeMask(Slot));

    private ObjectDisposedException Stale() => _tape is null
        ? new ObjectDisposedException(nameof(Mask), "This is the default mask, which stands for none; it never had a step.")
        : new ObjectDisposedException(nameof(Mask), $"The step of this mask has ended; it was made by {_tape.DescribeEnded(Slot, (byte)(_slotAndCode >> 24))}. Take booleans out with CopyTo before the step ends.");
}
