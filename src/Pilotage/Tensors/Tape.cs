namespace Pilotage.Tensors;

/// <summary>A backend's record of one step: values, operations, gradients. <see cref="Tensor"/> checks shapes and calls it; slots are its names for results.</summary>
/// <remarks>
/// Every backend gives each operation the meaning that <see cref="Tensor"/> documents. Shapes passed in are valid and already broadcast; slots belong to
/// this tape and to its open step. Operations on several inputs see broadcasting: an input's shape may be smaller than the output's.
/// </remarks>
internal abstract class Tape : IDisposable
{
    /// <summary>Handles keep the slot in three bytes.</summary>
    public const int MaximumSlot = 0xFFFFFF;

    /// <summary>Changes whenever a step ends, so that handles of an ended step are told apart.</summary>
    public int Version { get; private set; } = 1;

    public Gradient Gradient { get; private set; }

    public void Open(Gradient gradient) => Gradient = gradient;

    public void Close()
    {
        Version++;
        Reset();
    }

    public abstract Shape ShapeOf(int slot);

    public abstract Shape ShapeOfIndices(int slot);

    public abstract Shape ShapeOfMask(int slot);

    /// <summary>What made a slot, for messages: <c>Linear(policy.hidden0)</c>.</summary>
    public abstract string Describe(int slot);

    /// <summary>A number for the operation that made a slot, by which its name is found after the step has ended.</summary>
    public virtual byte CodeOf(int slot) => 0;

    /// <summary>What made a slot of an ended step, whose record may have been overwritten.</summary>
    public virtual string DescribeEnded(int slot, byte code) => Describe(slot);

    public abstract int Constant(ReadOnlySpan<float> values, in Shape shape);

    public abstract int Fill(float value, in Shape shape);

    public abstract int Indices(ReadOnlySpan<int> values, in Shape shape);

    public abstract int Mask(ReadOnlySpan<bool> values, in Shape shape);

    /// <summary>The live values of a parameter; gradients reach its owner's buffer.</summary>
    public abstract int Leaf(Parameter parameter);

    public abstract int Unary(UnaryOperation operation, int x, float first, float second);

    public abstract int Binary(BinaryOperation operation, int left, int right, in Shape shape);

    /// <summary>A mask that is true where the comparison holds.</summary>
    public abstract int Compare(Comparison comparison, int left, int right, in Shape shape);

    /// <summary>Left where the mask is true, right elsewhere; all three broadcast to the shape.</summary>
    public abstract int Where(int mask, int left, int right, in Shape shape);

    /// <summary>x [rows, in] times weight [in, out] plus bias [out] (none: null), then the activation; leading axes of x count as rows.</summary>
    public abstract int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape);

    /// <summary>Matrix product over the last two axes, leading axes equal or broadcast; flags say that an operand is given transposed.</summary>
    public abstract int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape);

    /// <summary>Reduces the axes of the bit set (bit i: axis i). The output shape has them as 1 or without them; the element order is the same.</summary>
    public abstract int Reduce(Reduction reduction, int x, uint axes, in Shape shape);

    /// <summary>Log-softmax over the last axis; where the mask (slot, or -1) is false the result is the smallest finite number and no gradient flows.</summary>
    public abstract int LogSoftmax(int x, int mask);

    /// <summary>Softmax over the last axis; where the mask (slot, or -1) is false the result is 0 and no gradient flows.</summary>
    public abstract int Softmax(int x, int mask);

    /// <summary>Picks along an axis; the index has extent 1 or more on that axis and the input's extents elsewhere. The gradient scatters and adds.</summary>
    public abstract int Gather(int x, int indices, int axis, in Shape shape);

    public abstract int Reshape(int x, in Shape shape);

    public abstract int Transpose(int x, int firstAxis, int secondAxis, in Shape shape);

    public abstract int Slice(int x, int axis, int start, in Shape shape);

    public abstract int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape);

    /// <summary>The same values; no gradient flows.</summary>
    public abstract int Detach(int x);

    public abstract void CopyTo(int slot, Span<float> destination);

    /// <summary>Adds the gradient of a scalar to the gradient buffer of <paramref name="parameters"/>; other parameters are constants.</summary>
    public abstract void Backward(int loss, Parameters parameters);

    /// <summary>The first slot, in the order of computation, whose values are not all finite; -1 if none. Slow: only after a failure.</summary>
    public abstract int FirstNonFinite();

    public abstract void Dispose();

    protected abstract void Reset();
}
