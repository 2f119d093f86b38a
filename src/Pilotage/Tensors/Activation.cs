namespace Pilotage.Tensors;

/// <summary>The function after a linear layer, fused with it.</summary>
public enum Activation : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    Relu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x / (1 + exp(-x)), also called swish.</summary>
    Silu,

    /// <summary>Gaussian error linear unit in its tanh form.</summary>
    Gelu,
}
