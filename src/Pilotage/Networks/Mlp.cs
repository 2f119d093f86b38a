using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>A multilayer perceptron: linear layers with an activation after each but the last; optionally dropout and a normalisation before each activation.</summary>
public sealed class Mlp
{
    private readonly Layer[] _layers;
    private readonly float _dropout;

    /// <summary>Adds the layers' parameters, with orthogonal weights and zero biases.</summary>
    /// <param name="parameters">Receives <c>name.0.weight</c> [in, out], <c>name.0.bias</c> [out], … and, where hidden layers are normalised, <c>name.0.norm.gain</c>, <c>name.0.norm.shift</c> [out], ….</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="inputs">Numbers per row, at least 1.</param>
    /// <param name="hidden">Width of each hidden layer; may be empty.</param>
    /// <param name="outputs">Numbers per result row, at least 1.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="outputGain">Gain of the last layer's orthogonal weights: 0.01 makes a policy start near uniform, 1 suits values.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="normalization">Of each hidden layer, before its activation.</param>
    /// <param name="dropout">Probability that a hidden number is dropped while training, in [0, 1). Usual 0 to 0.1 in control.</param>
    /// <param name="outputActivation">After the last layer.</param>
    /// <remarks>
    /// Hidden gain sqrt(2), as the widely used implementations of actor-critics do for tanh and relu alike. The order linear, dropout, layer norm, activation is
    /// that of Hiraoka et al., arXiv:2110.02034, figure 1: dropout behind the norm would undo what the norm sets.
    /// </remarks>
    public Mlp(
        Parameters parameters, string name, int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random,
        Normalization normalization = Normalization.None, float dropout = 0, Activation outputActivation = Activation.None)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (!(dropout is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"Mlp {name}: the dropout rate is {dropout}; it must be in [0, 1).");
        _dropout = dropout;
        _layers = new Layer[hidden.Count + 1];
        var width = inputs;
        for (var i = 0; i <= hidden.Count; i++)
        {
            var last = i == hidden.Count;
            var next = last ? outputs : hidden[i];
            _layers[i] = new(
                parameters.Add($"{name}.{i}.weight", new(width, next), new Initializer.Orthogonal(last ? outputGain : Math.Sqrt(2)), ref random),
                parameters.Add($"{name}.{i}.bias", new(next), new Initializer.Constant(0), ref random),
                last || normalization == Normalization.None ? null : new Norm(parameters, $"{name}.{i}.norm", normalization, next, ref random),
                last ? outputActivation : activation);
            width = next;
        }
    }

    /// <summary>Applies the network without dropout: for acting, evaluation and targets.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, outputs].</returns>
    /// <exception cref="ArgumentException">The last axis has another extent; the message names the first layer.</exception>
    public Tensor Forward(Tensor x) => ForwardOutput(ForwardHidden(x));

    /// <summary>Applies all layers but the last, without dropout: what a second head may share.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, width of the last hidden layer]; <paramref name="x"/> itself without hidden layers.</returns>
    /// <exception cref="ArgumentException">The last axis has another extent; the message names the first layer.</exception>
    public Tensor ForwardHidden(Tensor x)
    {
        for (var i = 0; i < _layers.Length - 1; i++) x = Apply(_layers[i], x);
        return x;
    }

    /// <summary>Applies the last layer to what <see cref="ForwardHidden"/> gave: the two together are <see cref="Forward"/>.</summary>
    /// <param name="hidden">[…, width of the last hidden layer].</param>
    /// <returns>[…, outputs].</returns>
    /// <exception cref="ArgumentException">The last axis has another extent; the message names the layer.</exception>
    public Tensor ForwardOutput(Tensor hidden) => Apply(_layers[^1], hidden);

    /// <summary>Applies the network with dropout, for training. Without a dropout rate it is <see cref="Forward"/>, and draws nothing.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <returns>[…, outputs].</returns>
    /// <exception cref="ArgumentException">The last axis has another extent; the message names the first layer.</exception>
    public Tensor ForwardWithDropout(Tensor x, ref Randomness random)
    {
        if (_dropout == 0) return Forward(x);
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            x = x.Linear(layer.Weight, layer.Bias);
            if (i < _layers.Length - 1) x = x.Dropout(_dropout, ref random);
            x = (layer.Norm?.Forward(x) ?? x).Activate(layer.Activation);
        }
        return x;
    }

    private static Tensor Apply(in Layer layer, Tensor x) =>
        layer.Norm is null ? x.Linear(layer.Weight, layer.Bias, layer.Activation) : layer.Norm.Forward(x.Linear(layer.Weight, layer.Bias)).Activate(layer.Activation);

    private readonly record struct Layer(Parameter Weight, Parameter Bias, Norm? Norm, Activation Activation);
}
