namespace Pilotage.Tensors;

/// <summary>A handle on float32 numbers of the open step. Sixteen bytes; the numbers live in the step's arena and die with it.</summary>
/// <remarks>
/// Shapes broadcast from the innermost axis; an extent of 1 stretches. Gradients are first-order. A handle whose step has ended throws
/// <see cref="ObjectDisposedException"/>. <see cref="Item"/> and <see cref="CopyTo"/> are the only ways out of a step. Not thread-safe: a step belongs to its thread.
/// </remarks>
public readonly struct Tensor
{
    private readonly Tape? _tape;
    private readonly int _version;

    /// <summary>The slot, and in the upper byte the code of its operation, so that a stale handle can name it.</summary>
    private readonly uint _slotAndCode;

    internal Tensor(Tape tape, int slot)
    {
        if (tape.Device.ChecksNumbers) tape.ThrowIfNotFinite(slot);
        _tape = tape;
        _slotAndCode = (uint)slot | (uint)tape.CodeOf(slot) << 24;
        _version = tape.Version;
    }

    /// <summary>The extents.</summary>
    public Shape Shape => Tape.ShapeOf(Slot);

    internal Tape Tape => _tape is not null && _tape.Version == _version ? _tape : throw Stale();

    internal int Slot => (int)(_slotAndCode & Tape.MaximumSlot);

    /// <summary>Copies numbers into the open step. A constant: no gradient reaches it.</summary>
    /// <param name="values">Row-major; as many as the shape has elements.</param>
    /// <param name="shape">The extents; none for a scalar.</param>
    /// <returns>The tensor, valid until the step ends.</returns>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="InvalidOperationException">No step is open on this thread.</exception>
    public static Tensor From(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var extents = new Shape(shape);
        if (values.Length != extents.Count) throw new ArgumentException($"From: {values.Length} values do not fill {extents}; wanted {extents.Count}.", nameof(values));
        var tape = TapeStack.Current;
        return new(tape, tape.Constant(values, extents));
    }

    /// <summary>A constant with every element the same.</summary>
    /// <param name="value">The element.</param>
    /// <param name="shape">The extents; none for a scalar.</param>
    /// <returns>The tensor, valid until the step ends.</returns>
    /// <exception cref="InvalidOperationException">No step is open on this thread.</exception>
    public static Tensor Filled(float value, params ReadOnlySpan<int> shape)
    {
        var tape = TapeStack.Current;
        return new(tape, tape.Fill(value, new Shape(shape)));
    }

    /// <summary>The live values of a parameter, with gradient.</summary>
    /// <param name="parameter">Any parameter.</param>
    /// <returns>The tensor, valid until the step ends.</returns>
    /// <exception cref="InvalidOperationException">No step is open on this thread.</exception>
    public static Tensor Of(Parameter parameter)
    {
        var tape = TapeStack.Current;
        return new(tape, tape.Leaf(parameter));
    }

    /// <summary>Elementwise sum.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left + right.</returns>
    public static Tensor operator +(Tensor left, Tensor right) => left.Binary(BinaryOperation.Add, right);

    /// <summary>Elementwise difference.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left - right.</returns>
    public static Tensor operator -(Tensor left, Tensor right) => left.Binary(BinaryOperation.Subtract, right);

    /// <summary>Elementwise product.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left times right.</returns>
    public static Tensor operator *(Tensor left, Tensor right) => left.Binary(BinaryOperation.Multiply, right);

    /// <summary>Elementwise quotient.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>left / right.</returns>
    public static Tensor operator /(Tensor left, Tensor right) => left.Binary(BinaryOperation.Divide, right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="left">The tensor.</param><param name="right">The number.</param>
    /// <returns>left + right.</returns>
    public static Tensor operator +(Tensor left, float right) => left.Unary(UnaryOperation.Offset, right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="left">The number.</param><param name="right">The tensor.</param>
    /// <returns>left + right.</returns>
    public static Tensor operator +(float left, Tensor right) => right.Unary(UnaryOperation.Offset, left);

    /// <summary>Subtracts a number from every element.</summary>
    /// <param name="left">The tensor.</param><param name="right">The number.</param>
    /// <returns>left - right.</returns>
    public static Tensor operator -(Tensor left, float right) => left.Unary(UnaryOperation.Offset, -right);

    /// <summary>Subtracts every element from a number.</summary>
    /// <param name="left">The number.</param><param name="right">The tensor.</param>
    /// <returns>left - right.</returns>
    public static Tensor operator -(float left, Tensor right) => (-right).Unary(UnaryOperation.Offset, left);

    /// <summary>Multiplies every element by a number.</summary>
    /// <param name="left">The tensor.</param><param name="right">The number.</param>
    /// <returns>left times right.</returns>
    public static Tensor operator *(Tensor left, float right) => left.Unary(UnaryOperation.Scale, right);

    /// <summary>Multiplies every element by a number.</summary>
    /// <param name="left">The number.</param><param name="right">The tensor.</param>
    /// <returns>left times right.</returns>
    public static Tensor operator *(float left, Tensor right) => right.Unary(UnaryOperation.Scale, left);

    /// <summary>Divides every element by a number.</summary>
    /// <param name="left">The tensor.</param><param name="right">The number; the tensor is multiplied by its reciprocal in single precision.</param>
    /// <returns>left / right.</returns>
    public static Tensor operator /(Tensor left, float right) => left.Unary(UnaryOperation.Scale, 1 / right);

    /// <summary>Divides a number by every element.</summary>
    /// <param name="left">The number.</param><param name="right">The tensor.</param>
    /// <returns>left / right.</returns>
    public static Tensor operator /(float left, Tensor right) => right.Unary(UnaryOperation.Reciprocal).Unary(UnaryOperation.Scale, left);

    /// <summary>Changes every sign.</summary>
    /// <param name="operand">The tensor.</param>
    /// <returns>-x.</returns>
    public static Tensor operator -(Tensor operand) => operand.Unary(UnaryOperation.Negate);

    /// <summary>The smaller of two; where they are equal each takes half the gradient.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>min(left, right).</returns>
    public static Tensor Minimum(Tensor left, Tensor right) => left.Binary(BinaryOperation.Minimum, right);

    /// <summary>The larger of two; where they are equal each takes half the gradient.</summary>
    /// <param name="left">First.</param><param name="right">Second; broadcasts.</param>
    /// <returns>max(left, right).</returns>
    public static Tensor Maximum(Tensor left, Tensor right) => left.Binary(BinaryOperation.Maximum, right);

    /// <summary>Whether each element is larger. No gradient.</summary>
    /// <param name="other">Broadcasts.</param><returns>this > other.</returns>
    public Mask IsGreater(Tensor other) => Compare(Comparison.Greater, other);

    /// <summary>Whether each element is smaller. No gradient.</summary>
    /// <param name="other">Broadcasts.</param><returns>this below other.</returns>
    public Mask IsLess(Tensor other) => Compare(Comparison.Less, other);

    /// <summary>Whether each element is the same number; NaN equals nothing. No gradient.</summary>
    /// <param name="other">Broadcasts.</param><returns>this = other.</returns>
    public Mask IsEqual(Tensor other) => Compare(Comparison.Equal, other);

    /// <summary>Chooses elementwise.</summary>
    /// <param name="condition">Broadcasts; must not be the default.</param>
    /// <param name="left">Taken where true; broadcasts.</param><param name="right">Taken elsewhere; broadcasts.</param>
    /// <returns>The chosen elements; each side's gradient is its own.</returns>
    public static Tensor Where(Mask condition, Tensor left, Tensor right)
    {
        var tape = left.Tape;
        var shape = Shape.Broadcast(Shape.Broadcast(left.Shape, right.Shape, "Where"), condition.Shape, "Where");
        return new(tape, tape.Where(condition.SlotOn(tape), left.Slot, right.SlotOn(tape), shape));
    }

    /// <summary>A linear layer, fused: x W + b, then an activation. Leading axes of x count as rows. Or several layers side by side, each with its own weights.</summary>
    /// <param name="weight">[in, out]; or [members, in, out], with x [rows, in] (the same for all) or [members, rows, in].</param>
    /// <param name="bias">[out], or [members, 1, out]; or <see langword="null"/>.</param><param name="activation">Applied to each result.</param>
    /// <returns>[…, out]; or [members, rows, out].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Linear(Parameter weight, Parameter? bias, Activation activation = Activation.None)
    {
        var (x, w, b) = (Shape, weight.Shape, bias?.Shape);
        var fits = w.Rank == 3
            ? (x.Rank == 2 || (x.Rank == 3 && x[0] == w[0])) && x[-1] == w[1] && (b is null || b == new Shape(w[0], 1, w[2]))
            : w.Rank == 2 && x.Rank >= 1 && x[-1] == w[0] && (b is null || b == new Shape(w[1]));
        if (!fits)
            throw new ArgumentException($"Linear: input {x}, weight {weight.Name} {w}, bias {b?.ToString() ?? "none"} do not fit; wanted {(w.Rank == 3 ? "[rows, in] or [members, rows, in], [members, in, out], [members, 1, out]" : "[..., in], [in, out], [out]")}.");
        return new(_tape!, _tape!.Linear(Slot, weight, bias, activation, w.Rank == 3 ? new Shape(w[0], x[-2], w[2]) : x.With(-1, w[1])));
    }

    /// <summary>Matrix product over the last two axes; leading axes broadcast.</summary>
    /// <param name="right">[…, k, n]; this is […, m, k].</param>
    /// <returns>[…, m, n].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor MatMul(Tensor right) => Product(right, transposeLeft: false, transposeRight: false);

    /// <summary>Matrix product with the right operand transposed: this […, m, k] times right […, n, k].</summary>
    /// <param name="right">[…, n, k].</param>
    /// <returns>[…, m, n].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor MatMulTransposed(Tensor right) => Product(right, transposeLeft: false, transposeRight: true);

    /// <summary>Matrix product with this operand transposed: this […, k, m] times right […, k, n].</summary>
    /// <param name="right">[…, k, n].</param>
    /// <returns>[…, m, n].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor TransposedMatMul(Tensor right) => Product(right, transposeLeft: true, transposeRight: false);

    /// <summary>Log-probabilities over the last axis. Masked-out elements get the smallest finite number and no gradient.</summary>
    /// <param name="legal">Of this shape; default for no mask.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The mask has another shape, or a row without a legal element.</exception>
    public Tensor LogSoftmax(Mask legal = default) => new(Tape, _tape!.LogSoftmax(Slot, MaskSlot(legal, nameof(LogSoftmax))));

    /// <summary>Probabilities over the last axis. Masked-out elements get 0 and no gradient.</summary>
    /// <param name="legal">Of this shape; default for no mask.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The mask has another shape, or a row without a legal element.</exception>
    public Tensor Softmax(Mask legal = default) => new(Tape, _tape!.Softmax(Slot, MaskSlot(legal, nameof(Softmax))));

    /// <summary>Picks elements along an axis. Where the index has one axis fewer than this, it picks one element a line and the axis vanishes.</summary>
    /// <param name="index">The shape of this with another extent on the axis, or without the axis.</param>
    /// <param name="axis">The axis to pick along.</param>
    /// <returns>The shape of the index. The gradient scatters back and adds.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the axis.</exception>
    public Tensor Gather(Indices index, int axis = -1)
    {
        var (shape, indexShape) = (Shape, index.Shape);
        var place = shape.Axis(axis, nameof(Gather));
        var vanishes = indexShape.Rank == shape.Rank - 1;
        var wide = vanishes ? indexShape == shape.Without(place) ? shape.With(place, 1) : default : indexShape;
        if (wide.Rank != shape.Rank || shape.With(place, 0) != wide.With(place, 0))
            throw new ArgumentException($"Gather: index {indexShape} does not fit {shape} along axis {axis}; wanted {shape.Without(place)}, or {shape} with any extent on that axis.", nameof(index));
        return new(_tape!, _tape!.Gather(Slot, index.SlotOn(_tape), place, indexShape));
    }

    /// <summary>The same elements in the same order under another shape.</summary>
    /// <param name="shape">Extents; one of them may be -1, to be found.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        Span<int> extents = stackalloc int[Shape.MaximumRank];
        var count = Shape.Count;
        var open = shape.IndexOf(-1);
        if (open >= 0 && shape.Length <= extents.Length)
        {
            shape.CopyTo(extents);
            extents[open] = 1;
            // The other extents make a shape of their own, which is refused where it is impossible.
            var known = new Shape(extents[..shape.Length]).Count;
            extents[open] = known == 0 ? 0 : count / known;
            shape = extents[..shape.Length];
        }
        var wanted = new Shape(shape);
        if (wanted.Count != count) throw new ArgumentException($"Reshape: {Shape} has {count} elements, {wanted} has {wanted.Count}.", nameof(shape));
        return new(_tape!, _tape!.Reshape(Slot, wanted));
    }

    /// <summary>Exchanges two axes.</summary>
    /// <param name="first">An axis.</param><param name="second">Another.</param>
    /// <returns>The tensor with the elements moved.</returns>
    public Tensor Transpose(int first = -2, int second = -1)
    {
        var shape = Shape;
        var (a, b) = (shape.Axis(first, nameof(Transpose)), shape.Axis(second, nameof(Transpose)));
        return new(_tape!, _tape!.Transpose(Slot, a, b, shape.With(a, shape[b]).With(b, shape[a])));
    }

    /// <summary>A run of consecutive places along an axis.</summary>
    /// <param name="axis">The axis.</param><param name="start">First place.</param><param name="length">Number of places.</param>
    /// <returns>The part, copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run leaves the axis.</exception>
    public Tensor Slice(int axis, int start, int length)
    {
        var shape = Shape;
        var place = shape.Axis(axis, nameof(Slice));
        if (start < 0 || length < 0 || start > shape[place] - length)
            throw new ArgumentOutOfRangeException(nameof(start), $"Slice: {length} places from {start} leave axis {axis} of {shape}, which has {shape[place]}.");
        return new(_tape!, _tape!.Slice(Slot, place, start, shape.With(place, length)));
    }

    /// <summary>Joins tensors along an axis.</summary>
    /// <param name="axis">The axis to grow.</param><param name="parts">One or more, of equal extents but for the axis.</param>
    /// <returns>The joined tensor.</returns>
    /// <exception cref="ArgumentException">No parts, or extents differ.</exception>
    public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("Concat: at least one tensor.", nameof(parts));
        var tape = parts[0].Tape;
        var shape = parts[0].Shape;
        var place = shape.Axis(axis, nameof(Concat));
        Span<int> slots = parts.Length <= 32 ? stackalloc int[parts.Length] : new int[parts.Length];
        var extent = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            slots[i] = parts[i].SlotOn(tape);
            var part = parts[i].Shape;
            if (part.Rank != shape.Rank || part.With(place, 0) != shape.With(place, 0)) throw new ArgumentException($"Concat: part {i} {part} does not fit {shape}; only axis {axis} may differ.", nameof(parts));
            extent = checked(extent + part[place]);
        }
        return new(tape, tape.Concat(slots, place, shape.With(place, extent)));
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    /// <param name="axis">Place of the new axis in the result; -1 for the innermost.</param><param name="parts">One or more, of equal shapes.</param>
    /// <returns>The parts, one at each place of the new axis.</returns>
    /// <exception cref="ArgumentException">No parts, or shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such axis.</exception>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("Stack: at least one tensor.", nameof(parts));
        var (tape, shape) = (parts[0].Tape, parts[0].Shape);
        var (wide, place) = shape.WithNewAxis(axis, nameof(Stack));
        Span<int> slots = parts.Length <= 32 ? stackalloc int[parts.Length] : new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Shape != shape) throw new ArgumentException($"Stack: part {i} {parts[i].Shape} does not have the first part's shape {shape}.", nameof(parts));
            slots[i] = tape.Reshape(parts[i].SlotOn(tape), wide);
        }
        return new(tape, tape.Concat(slots, place, wide.With(place, parts.Length)));
    }

    /// <summary>The same values, through which no gradient flows.</summary>
    /// <returns>The tensor.</returns>
    public Tensor Detach() => new(Tape, _tape!.Detach(Slot));

    /// <summary>The value of a tensor with one element.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item()
    {
        if (Shape.Count != 1) throw new InvalidOperationException($"Item: {Shape} has {Shape.Count} elements; wanted one.");
        Span<float> value = stackalloc float[1];
        _tape!.CopyTo(Slot, value);
        return value[0];
    }

    /// <summary>Copies the values out of the step.</summary>
    /// <param name="destination">Exactly as long as the tensor has elements; filled row-major.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Shape.Count) throw new ArgumentException($"CopyTo: {Shape} has {Shape.Count} elements, the destination {destination.Length}.", nameof(destination));
        _tape!.CopyTo(Slot, destination);
    }

    /// <summary>Computes a function without keeping what happens inside: the backward pass computes it anew. Saves memory, costs a second forward pass.</summary>
    /// <param name="function">Of this tensor; besides it, it may use parameters and numbers, but no tensor from outside. It must give the same result each time: start random streams inside.</param>
    /// <returns>function(this).</returns>
    /// <exception cref="InvalidOperationException">The function used a tensor of another step, or (in the backward pass) gave another result than the first time.</exception>
    public Tensor Checkpoint(Func<Tensor, Tensor> function) => new(Tape, _tape!.Checkpoint(function, Slot));

    internal bool IsNone => _tape is null;

    internal Tensor Apply(Operator operation, in Shape shape, in OperatorSettings settings, params ReadOnlySpan<int> others)
    {
        Span<int> inputs = stackalloc int[1 + others.Length];
        inputs[0] = Slot;
        others.CopyTo(inputs[1..]);
        return new(Tape, _tape!.Apply(operation, inputs, settings, shape));
    }

    internal Tensor Unary(UnaryOperation operation, float first = 0, float second = 0) => new(Tape, _tape!.Unary(operation, Slot, first, second));

    private Tensor Binary(BinaryOperation operation, Tensor right)
    {
        var shape = Shape.Broadcast(Shape, right.Shape, operation);
        return new(_tape!, _tape!.Binary(operation, Slot, right.SlotOn(_tape), shape));
    }

    private Mask Compare(Comparison comparison, Tensor right)
    {
        var shape = Shape.Broadcast(Shape, right.Shape, comparison);
        return new(_tape!, _tape!.Compare(comparison, Slot, right.SlotOn(_tape), shape));
    }

    private Tensor Product(Tensor right, bool transposeLeft, bool transposeRight)
    {
        var (a, b) = (Shape, right.Shape);
        if (a.Rank < 2 || b.Rank < 2 || a[transposeLeft ? -2 : -1] != b[transposeRight ? -1 : -2])
            throw new ArgumentException($"MatMul: {a}{(transposeLeft ? " transposed" : "")} and {b}{(transposeRight ? " transposed" : "")} do not fit; wanted [..., m, k] and [..., k, n].", nameof(right));
        var leading = Shape.Broadcast(a.With(-1, 1).With(-2, 1), b.With(-1, 1).With(-2, 1), "MatMul");
        var shape = leading.With(-2, a[transposeLeft ? -1 : -2]).With(-1, b[transposeRight ? -2 : -1]);
        return new(_tape!, _tape!.MatMul(Slot, right.SlotOn(_tape), transposeLeft, transposeRight, shape));
    }

    private int MaskSlot(Mask legal, string operation)
    {
        if (legal.IsNone) return -1;
        if (legal.Shape != Shape) throw new ArgumentException($"{operation}: mask {legal.Shape} does not have the tensor's shape {Shape}.", nameof(legal));
        return legal.SlotOn(_tape!);
    }

    internal int SlotOn(Tape tape) => ReferenceEquals(tape, Tape) ? Slot : throw tape.Foreign(_tape!, _tape!.Describe(Slot));

    private ObjectDisposedException Stale() => _tape is null
        ? new ObjectDisposedException(nameof(Tensor), "This is the default tensor; it never had a step.")
        : new ObjectDisposedException(nameof(Tensor), $"The step of this tensor has ended; it was made by {_tape.DescribeEnded(Slot, (byte)(_slotAndCode >> 24))}. Take values out with Item or CopyTo before the step ends.");
}
