namespace Pilotage.Tensors;

/// <summary>The managed backend's record of a step.</summary>
internal sealed class ManagedTape : Tape
{
    public override Shape ShapeOf(int slot) => throw new NotSupportedException();

    public override Shape ShapeOfIndices(int slot) => throw new NotSupportedException();

    public override Shape ShapeOfMask(int slot) => throw new NotSupportedException();

    public override string Describe(int slot) => throw new NotSupportedException();

    public override int Constant(ReadOnlySpan<float> values, in Shape shape) => throw new NotSupportedException();

    public override int Fill(float value, in Shape shape) => throw new NotSupportedException();

    public override int Indices(ReadOnlySpan<int> values, in Shape shape) => throw new NotSupportedException();

    public override int Mask(ReadOnlySpan<bool> values, in Shape shape) => throw new NotSupportedException();

    public override int Leaf(Parameter parameter) => throw new NotSupportedException();

    public override int Unary(UnaryOperation operation, int x, float first, float second) => throw new NotSupportedException();

    public override int Binary(BinaryOperation operation, int left, int right, in Shape shape) => throw new NotSupportedException();

    public override int Compare(Comparison comparison, int left, int right, in Shape shape) => throw new NotSupportedException();

    public override int Where(int mask, int left, int right, in Shape shape) => throw new NotSupportedException();

    public override int Linear(int x, Parameter weight, Parameter? bias, Activation activation, in Shape shape) => throw new NotSupportedException();

    public override int MatMul(int left, int right, bool transposeLeft, bool transposeRight, in Shape shape) => throw new NotSupportedException();

    public override int Reduce(Reduction reduction, int x, uint axes, in Shape shape) => throw new NotSupportedException();

    public override int LogSoftmax(int x, int mask) => throw new NotSupportedException();

    public override int Softmax(int x, int mask) => throw new NotSupportedException();

    public override int Gather(int x, int indices, int axis, in Shape shape) => throw new NotSupportedException();

    public override int Reshape(int x, in Shape shape) => throw new NotSupportedException();

    public override int Transpose(int x, int firstAxis, int secondAxis, in Shape shape) => throw new NotSupportedException();

    public override int Slice(int x, int axis, int start, in Shape shape) => throw new NotSupportedException();

    public override int Concat(ReadOnlySpan<int> slots, int axis, in Shape shape) => throw new NotSupportedException();

    public override int Detach(int x) => throw new NotSupportedException();

    public override void CopyTo(int slot, Span<float> destination) => throw new NotSupportedException();

    public override void Backward(int loss, Parameters parameters) => throw new NotSupportedException();

    public override int FirstNonFinite() => throw new NotSupportedException();

    public override void Dispose() => throw new NotSupportedException();

    protected override void Reset() => throw new NotSupportedException();
}
