using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Linear layers with an exponential linear unit after each but the last.</summary>
internal sealed class Perceptron
{
    private readonly Linear[] _layers;

    /// <summary>Adds the layers' parameters: weights and biases uniform in 1 / sqrt(inputs), as the authors' library fills them.</summary>
    /// <param name="parameters">Receives <c>name.i.weight</c> and <c>name.i.bias</c>.</param>
    /// <param name="name">Prefix.</param>
    /// <param name="inputs">Numbers per row.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="outputs">Numbers per result row.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="outputBias">Of the last layer; <see langword="null"/> for 0.</param>
    public Perceptron(Parameters parameters, string name, int inputs, IReadOnlyList<int> hidden, int outputs, ref Randomness random, float? outputBias = null)
    {
        _layers = new Linear[hidden.Count + 1];
        for (var i = 0; i < _layers.Length; i++)
        {
            var width = i == hidden.Count ? outputs : hidden[i];
            _layers[i] = new(parameters, FormattableString.Invariant($"{name}.{i}"), i == 0 ? inputs : hidden[i - 1], width, ref random, new Initializer.FanIn(), i == hidden.Count ? Activation.None : Activation.Elu);
        }
        if (outputBias is { } bias) _layers[^1].Bias!.Values.Fill(bias);
    }

    /// <summary>Applies the layers.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, outputs].</returns>
    public Tensor Forward(Tensor x)
    {
        foreach (var layer in _layers) x = layer.Forward(x);
        return x;
    }
}
