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
