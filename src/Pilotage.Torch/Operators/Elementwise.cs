using Pilotage.Tensors;
using TorchSharp;
using static TorchSharp.torch;
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
        UnaryOperation.Log1p => x.log1p(),
        UnaryOperation.Expm1 => x.expm1(),
        UnaryOperation.Erf => x.erf(),
        UnaryOperation.LogGamma => NotBelowZero(x, static x => x.lgamma()),
        UnaryOperation.Digamma => NotBelowZero(x, static x => x.digamma()),
        UnaryOperation.LogSigmoid => x.log_sigmoid(),
        UnaryOperation.Power => Power(x, first),
        UnaryOperation.LeakyRelu => WithNumber(x, first, static (x, slope) => x.leaky_relu(slope)),
        UnaryOperation.Elu => x.elu(first),
        UnaryOperation.Selu => x.selu(),
        UnaryOperation.Huber => Huber(x, first),
        UnaryOperation.Sign => Sign(x),
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
        Activation.Selu => x.selu(),
        Activation.Elu => x.elu(1),
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

    private static Native Power(Native x, float exponent) =>
        exponent == 0 ? WithNumber(x, exponent, static (x, number) => x.pow(number)) : NotBelowZero(x, x => WithNumber(x, exponent, static (x, number) => x.pow(number)));

    /// <summary>libtorch goes on below 0 where these functions are defined for no negative number.</summary>
    private static Native NotBelowZero(Native x, Func<Native, Native> function)
    {
        using var zero = 0f.ToScalar();
        using var none = float.NaN.ToScalar();
        using var below = x.lt(zero);
        // In float32 libtorch's digamma, which is also the slope of log-gamma, is off by several units.
        using var wide = x.to(ScalarType.Float64);
        using var result = function(wide);
        using var defined = result.masked_fill(below, none);
        return defined.to(x.dtype);
    }

    private static Native Huber(Native x, float radius)
    {
        using var target = zeros_like(x);
        return nn.functional.huber_loss(x, target, radius, nn.Reduction.None);
    }

    private static Native Sign(Native x)
    {
        using var none = float.NaN.ToScalar();
        using var unknown = x.isnan();
        using var sign = x.sign();
        return sign.masked_fill(unknown, none);
    }

    private static Native Clamp(Native x, float low, float high)
    {
        using var lower = low.ToScalar();
        using var upper = high.ToScalar();
        return x.clamp(lower, upper);
    }
}
