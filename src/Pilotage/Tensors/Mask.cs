namespace Pilotage.Tensors;

/// <summary>Booleans in the open step: legal actions, valid rows. The default value means "no mask": everything is allowed.</summary>
public readonly struct Mask
{
    internal readonly Tape? _tape;
    internal readonly int _slot;
    private readonly int _version;

    internal Mask(Tape tape, int slot)
    {
        _tape = tape;
        _slot = slot;
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
        if (values.Length != extents.Count) throw new ArgumentException($"{values.Length} values do not fill shape {extents} of {extents.Count} elements.", nameof(values));
        var tape = TapeStack.Current;
        return new(tape, tape.Mask(values, extents));
    }

    /// <summary>The extents.</summary>
    public Shape Shape => Tape.ShapeOfMask(_slot);

    internal Tape Tape => _tape is not null && _tape.Version == _version ? _tape : throw new ObjectDisposedException(nameof(Mask), "The mask's step has ended.");
}
