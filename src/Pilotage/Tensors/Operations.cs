namespace Pilotage.Tensors;

/// <summary>Elementwise functions of one tensor; some take one or two numbers.</summary>
internal enum UnaryOperation : byte
{
    Negate, Exp, Log, Sqrt, Square, Abs, Reciprocal, Tanh, Relu, Sigmoid, Silu, Gelu, Softplus, Sin, Cos,

    /// <summary>x times the first number.</summary>
    Scale,

    /// <summary>x plus the first number.</summary>
    Offset,

    /// <summary>x limited to [first, second]; the derivative is 1 on the borders.</summary>
    Clamp,

    Log1p, Expm1, Erf, LogGamma, Digamma, LogSigmoid,

    /// <summary>x to the power of the first number, for x at least 0.</summary>
    Power,

    /// <summary>x above 0, the first number times x elsewhere.</summary>
    LeakyRelu,

    /// <summary>x above 0, the first number times exp(x) - 1 elsewhere.</summary>
    Elu,

    /// <summary>The self-normalising unit: a fixed multiple of <see cref="Elu"/>.</summary>
    Selu,

    /// <summary>x^2 / 2 up to a radius, the first number; beyond it radius (|x| - radius / 2).</summary>
    Huber,

    /// <summary>-1, 0 or 1; the derivative is 0.</summary>
    Sign,
}

/// <summary>Elementwise functions of two tensors that broadcast.</summary>
internal enum BinaryOperation : byte
{
    Add, Subtract, Multiply, Divide,

    /// <summary>The smaller; equal elements share the gradient half and half.</summary>
    Minimum,

    /// <summary>The larger; equal elements share the gradient half and half.</summary>
    Maximum,
}

/// <summary>Comparisons that give a mask.</summary>
internal enum Comparison : byte
{
    Greater, Less, Equal,
}

/// <summary>Logic of masks.</summary>
internal enum MaskOperation : byte
{
    And, Or,

    /// <summary>Of the left operand alone.</summary>
    Not,
}

/// <summary>Reductions over axes.</summary>
internal enum Reduction : byte
{
    Sum, Mean,

    /// <summary>The largest; the first of equal ones takes the gradient.</summary>
    Maximum,

    /// <summary>log(sum(exp(x))), computed from the maximum.</summary>
    LogSumExp,
}
