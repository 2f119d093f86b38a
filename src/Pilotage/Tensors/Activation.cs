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

    /// <summary>Scaled exponential linear unit: 1.0507 x above 0, 1.7581 (exp(x) - 1) elsewhere. Keeps mean and variance of deep layers near 0 and 1 where weights begin as <see cref="Initializer.FanInNormal"/> (arXiv:1706.02515).</summary>
    Selu,

    /// <summary>Exponential linear unit: x above 0, exp(x) - 1 elsewhere (arXiv:1511.07289).</summary>
    Elu,
}
