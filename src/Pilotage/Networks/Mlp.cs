using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>A multilayer perceptron: linear layers with an activation after each but the last.</summary>
public sealed class Mlp
{
    private readonly (Parameter Weight, Parameter Bias, Activation Activation)[] _layers;

    /// <summary>Adds the layers' parameters, with orthogonal weights and zero biases.</summary>
    /// <param name="parameters">Receives <c>name.0.weight</c> [in, out], <c>name.0.bias</c> [out], …</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="hidden">Width of each hidden layer; may be empty.</param>
    /// <param name="outputs">Numbers per result row, at least 1.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="outputGain">Gain of the last layer's orthogonal weights: 0.01 makes a policy start near uniform, 1 suits values.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <remarks>Hidden gain sqrt(2), as the widely used implementations of actor-critics do for tanh and relu alike.</remarks>
    public Mlp(Parameters parameters, string name, int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        _layers = new (Parameter, Parameter, Activation)[hidden.Count + 1];
        var width = inputs;
        for (var i = 0; i <= hidden.Count; i++)
        {
            var last = i == hidden.Count;
            var next = last ? outputs : hidden[i];
            _layers[i] = (
                parameters.Add($"{name}.{i}.weight", new(width, next), new Initializer.Orthogonal(last ? outputGain : Math.Sqrt(2)), ref random),
                parameters.Add($"{name}.{i}.bias", new(next), new Initializer.Constant(0), ref random),
                last ? Activation.None : activation);
            width = next;
        }
    }

    /// <summary>Applies the network.</summary>
    /// <param name="x">[rows, inputs].</param>
    /// <returns>[rows, outputs].</returns>
    public Tensor Forward(Tensor x)
    {
        foreach (var (weight, bias, activation) in _layers) x = x.Linear(weight, bias, activation);
        return x;
    }
}
