using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>A perceptron over observations, which are plain numbers or a list of candidates: of these it scores each by the same weights, or judges all together.</summary>
internal sealed class ObservationNetwork
{
    private readonly Mlp _network;
    private readonly CandidateLayout? _layout;
    private readonly bool _isOfEach;

    private ObservationNetwork(Mlp network, CandidateLayout? layout, bool isOfEach) => (_network, _layout, _isOfEach) = (network, layout, isOfEach);

    /// <summary>Numbers that the perceptron sees at once.</summary>
    public static int InputsOf(EnvironmentSpec spec) => spec.Candidates is { } layout ? layout.Features + layout.Context : spec.ObservationSize;

    /// <summary>Numbers that the perceptron gives at once, of those that all actions have together.</summary>
    public static int OutputsOf(EnvironmentSpec spec, int outputs) => spec.Candidates is { } layout ? outputs / layout.Count : outputs;

    /// <summary>Numbers for actions: [rows, size] gives [rows, outputs], those of each candidate beside each other.</summary>
    public static ObservationNetwork OfActions(
        Parameters parameters, string name, EnvironmentSpec spec, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random,
        Activation outputActivation = Activation.None, Initializer? initializer = null, Normalization normalization = Normalization.None, float dropout = 0) =>
        new(new(parameters, name, InputsOf(spec), hidden, OutputsOf(spec, outputs), activation, outputGain, ref random, normalization, dropout, outputActivation, initializer), spec.Candidates, isOfEach: true);

    /// <summary>Numbers for the state: of candidates the mean of their hidden layers is judged.</summary>
    public static ObservationNetwork OfState(
        Parameters parameters, string name, EnvironmentSpec spec, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random,
        Initializer? initializer = null) =>
        new(new(parameters, name, InputsOf(spec), hidden, outputs, activation, outputGain, ref random, initializer: initializer), spec.Candidates, isOfEach: false);

    /// <summary>A plain perceptron over rows of numbers that are no observations.</summary>
    public static ObservationNetwork OfRow(
        Parameters parameters, string name, int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, double outputGain, ref Randomness random,
        Activation outputActivation = Activation.None, Initializer? initializer = null) =>
        new(new(parameters, name, inputs, hidden, outputs, activation, outputGain, ref random, outputActivation: outputActivation, initializer: initializer), layout: null, isOfEach: false);

    /// <summary>Applies the network.</summary>
    /// <param name="x">[rows, size].</param>
    /// <returns>[rows, outputs].</returns>
    public Tensor Forward(Tensor x)
    {
        if (_layout is null || !_isOfEach) return ForwardOutput(ForwardHidden(x));
        var rows = x.Shape[0];
        return _network.Forward(Candidates(x, _layout)).Reshape(rows, -1);
    }

    /// <summary>Applies the network with dropout, for training. Without a dropout rate it is <see cref="Forward"/>, and draws nothing.</summary>
    /// <param name="x">[rows, size].</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <returns>[rows, outputs]; numbers for actions alone.</returns>
    public Tensor ForwardWithDropout(Tensor x, ref Randomness random) => _layout is null
        ? _network.ForwardWithDropout(x, ref random)
        : _network.ForwardWithDropout(Candidates(x, _layout), ref random).Reshape(x.Shape[0], -1);

    /// <summary>Applies all layers but the last; not for numbers of actions among candidates.</summary>
    public Tensor ForwardHidden(Tensor x) => _layout is null ? _network.ForwardHidden(x) : _network.ForwardHidden(Candidates(x, _layout)).Mean(1);

    /// <summary>Applies the last layer to what <see cref="ForwardHidden"/> gave.</summary>
    public Tensor ForwardOutput(Tensor hidden) => _network.ForwardOutput(hidden);

    /// <summary>Each candidate's own numbers with the context behind them: [rows, size] gives [rows, count, features + context].</summary>
    public static Tensor Candidates(Tensor x, CandidateLayout layout)
    {
        var (rows, count, features, context) = (x.Shape[0], layout.Count, layout.Features, layout.Context);
        if (context == 0) return x.Reshape(rows, count, features);
        var own = x.Slice(1, 0, count * features).Reshape(rows, count, features);
        return Tensor.Concat(2, own, x.Slice(1, count * features, context).Reshape(rows, 1, context).Expand(rows, count, context));
    }
}
