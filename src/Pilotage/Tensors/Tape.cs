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

    /// <summary>Where this step computes.</summary>
    public Device Device { get; private set; } = Device.Managed;

    public void Open(Device device, Gradient gradient) => (Device, Gradient) = (device, gradient);

    public void Close()
    {
        Version++;
        Reset();
    }

    /// <summary>Bytes taken from the system for values and gradients; kept for the next step.</summary>
    public abstract long Bytes { get; }

    public abstract Shape ShapeOf(int slot);

    public abstract Shape ShapeOfIndices(int slot);

    public abstract Shape ShapeOfMask(int slot);

    /// <summary>What made a slot, for messages: <c>Linear(policy.hidden0)</c>.</summary>
    public abstract string Describe(int slot);

    /// <summary>What made a mask, for messages.</summary>
    public virtual string DescribeMask(int slot) => Describe(slot);

    /// <summary>What made indices, for messages.</summary>
    public virtual string DescribeIndices(int slot) => Describe(slot);

    /// <summary>A number for the operation that made a slot, by which its name is found after the step has ended.</summary>
    public virtual byte CodeOf(int slot) => 0;

    public virtual byte CodeOfMask(int slot) => CodeOf(slot);

    public virtual byte CodeOfIndices(int slot) => CodeOf(slot);

    /// <summary>What made a slot of an ended step, whose record may have been overwritten.</summary>
    public virtual string DescribeEnded(int slot, byte code) => "an operation that this backend does not remember";

    /// <summary>The parameters that made a slot by themselves or with other inputs.</summary>
    public virtual (Parameter? Weight, Parameter? Bias) ParametersOf(int slot) => default;

    /// <summary>Whether the caller gave the slot's numbers.</summary>
    public virtual bool IsConstant(int slot) => false;

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

    /// <summary>x [rows, in] times weight [in, out] plus bias [out] (none: null), then the activation; leading axes of x count as rows. Or, with a weight [members, in, out], as many layers side by side.</summary>
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

    /// <summary>An operator of several inputs; <see cref="Operator"/> says what they are.</summary>
    public abstract int Apply(Operator operation, ReadOnlySpan<int> inputs, in OperatorSettings settings, in Shape shape);

    /// <summary>Indices of the first <paramref name="count"/> places of each line of the last axis, ordered by value; equal ones keep their order, NaN counts as the largest. The shape may lack the axis where count is 1.</summary>
    public abstract int Order(int x, bool descending, in Shape shape, int count);

    /// <summary>A mask from two (the right -1 for <see cref="MaskOperation.Not"/>) that broadcast to the shape.</summary>
    public abstract int Combine(MaskOperation operation, int left, int right, in Shape shape);

    public abstract void CopyIndices(int slot, Span<int> destination);

    public abstract void CopyMask(int slot, Span<bool> destination);

    /// <summary>function(x), of which only the result is kept: the backward pass computes it anew. The function sees a step of its own.</summary>
    public abstract int Checkpoint(Func<Tensor, Tensor> function, int x);

    public abstract void CopyTo(int slot, Span<float> destination);

    /// <summary>Adds the gradient of a scalar to the gradient buffer of <paramref name="parameters"/>; other parameters are constants.</summary>
    public abstract void Backward(int loss, Parameters parameters);

    /// <summary>The first slot, in the order of computation, whose values are not all finite; -1 if none. Slow: only after a failure.</summary>
    public abstract int FirstNonFinite();

    /// <summary>In the debug mode of <see cref="Device.WithNumberChecks"/>: stops at the first operation that makes a number that is not finite, or at the parameter or constant that brings one in.</summary>
    /// <exception cref="RunFailedException">A value of the slot is not finite.</exception>
    public void ThrowIfNotFinite(int slot)
    {
        var values = new float[ShapeOf(slot).Count];
        CopyTo(slot, values);
        var wrong = FirstNotFinite(values);
        if (wrong < 0) return;
        var (weight, bias) = ParametersOf(slot);
        foreach (var parameter in new[] { weight, bias })
            if (parameter is not null && FirstNotFinite(parameter.Values) is var place and >= 0)
                throw new RunFailedException($"Parameter {parameter.Name} {parameter.Shape} holds {parameter.Values[place]} at place {place}, and {Describe(slot)} reads it.");
        throw new RunFailedException(IsConstant(slot)
            ? $"{Describe(slot)} {ShapeOf(slot)} was given {values[wrong]} at place {wrong}."
            : $"{Describe(slot)} {ShapeOf(slot)} made {values[wrong]} at place {wrong}; its inputs were finite.");
    }

    /// <summary>The error of an operand that another step made.</summary>
    public InvalidOperationException Foreign(Tape other, string what) => new(
        $"{what} belongs to another step ({other.Device.Name}) than the operation's first operand ({Device.Name}); take values across with CopyTo and From.");

    public abstract void Dispose();

    protected abstract void Reset();

    private static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) return i;
        return -1;
    }
}
