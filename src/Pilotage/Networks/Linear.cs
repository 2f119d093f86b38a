using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>One linear layer with an activation: f(x W + b).</summary>
public sealed class Linear
{
    private readonly Activation _activation;

    /// <summary>Adds the layer's parameters; the bias begins at 0.</summary>
    /// <param name="parameters">Receives <c>name.weight</c> [in, out] and <c>name.bias</c> [out].</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="outputs">Numbers per result row, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="initializer">Of the weight; <see langword="null"/> for orthogonal with gain 1, which keeps the size of what goes through (arXiv:1312.6120).</param>
    /// <param name="activation">Applied to each result, fused.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    public Linear(
        Parameters parameters, string name, int inputs, int outputs, ref Randomness random, Initializer? initializer = null, Activation activation = Activation.None, bool hasBias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Weight = parameters.Add($"{name}.weight", new(inputs, outputs), initializer ?? new Initializer.Orthogonal(1), ref random);
        if (hasBias) Bias = parameters.Add($"{name}.bias", new(outputs), new Initializer.Constant(0), ref random);
        _activation = activation;
    }

    /// <summary>The weight, [in, out].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out]; <see langword="null"/> for none.</summary>
    public Parameter? Bias { get; }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[…, in].</param>
    /// <returns>[…, out].</returns>
    /// <exception cref="ArgumentException">The last axis has another extent; the message names the layer.</exception>
    public Tensor Forward(Tensor x) => x.Linear(Weight, Bias, _activation);
}
