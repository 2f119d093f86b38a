using Pilotage.Tensors;
using TorchSharp;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Functions of one and two tensors, comparisons and logic, all but a few of which libtorch has as they are documented.</summary>
internal static class Elementwise
{
    /// <summary>Where softplus is its argument: from here on log(1 + exp(x)) = x also in float64. libtorch's own border of 20 is made for float32.</summary>
    private const double SoftplusBorder = 40;

    public static Native Apply(UnaryOperation operation, Native x, float first, float second) => operation switch
    {
        UnaryOperation.Negate => x.neg(),
        UnaryOperation.Exp => x.exp(),
        UnaryOperation.Log => x.log(),
        UnaryOperation.Sqrt => x.sqrt(),
        UnaryOperation.Square => x.square(),
        UnaryOperation.Abs => x.abs(),
        UnaryOperation.Reciprocal => x.reciprocal(),
        UnaryOperation.Tanh => x.tanh(),
        UnaryOperation.Relu => x.relu(),
        UnaryOperation.Sigmoid => x.sigmoid(),
        UnaryOperation.Silu => x.silu(),
        UnaryOperation.Gelu => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh),
        UnaryOperation.Softplus => x.softplus(1, SoftplusBorder),
        UnaryOperation.Sin => x.sin(),
        UnaryOperation.Cos => x.cos(),
        UnaryOperation.Scale => WithNumber(x, first, static (x, number) => x.mul(number)),
        UnaryOperation.Offset => WithNumber(x, first, static (x, number) => x.add(number)),
        UnaryOperation.Clamp => Clamp(x, first, second),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a function of the Torch backend."),
    };

    public static Native Apply(BinaryOperation operation, Native left, Native right) => operation switch
    {
        BinaryOperation.Add => left.add(right),
        BinaryOperation.Subtract => left.sub(right),
        BinaryOperation.Multiply => left.mul(right),
        BinaryOperation.Divide => left.div(right),
        // Of equal operands each gets half the gradient here, as documented.
        BinaryOperation.Minimum => left.minimum(right),
        BinaryOperation.Maximum => left.maximum(right),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a function of the Torch backend."),
    };

    public static Native Activate(Activation activation, Native x) => activation switch
    {
        Activation.Tanh => x.tanh(),
        Activation.Relu => x.relu(),
        Activation.Sigmoid => x.sigmoid(),
        Activation.Silu => x.silu(),
        Activation.Gelu => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    public static Native Compare(Comparison comparison, Native left, Native right) => comparison switch
    {
        Comparison.Greater => left.gt(right),
        Comparison.Less => left.lt(right),
        Comparison.Equal => left.eq(right),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not a comparison of the Torch backend."),
    };

    public static Native Combine(MaskOperation operation, Native left, Native? right) => operation switch
    {
        MaskOperation.And => left.logical_and(right!),
        MaskOperation.Or => left.logical_or(right!),
        MaskOperation.Not => left.logical_not(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a mask operation of the Torch backend."),
    };

    private static Native WithNumber(Native x, float value, Func<Native, TorchSharp.Scalar, Native> function)
    {
        using var number = value.ToScalar();
        return function(x, number);
    }

    private static Native Clamp(Native x, float low, float high)
    {
        using var lower = low.ToScalar();
        using var upper = high.ToScalar();
        return x.clamp(lower, upper);
    }
}
