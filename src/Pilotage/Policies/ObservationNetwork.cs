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
        Initializer? initializer = null) =>
        new(new(parameters, name, InputsOf(spec), hidden, OutputsOf(spec, outputs), activation, outputGain, ref random, initializer: initializer), spec.Candidates, isOfEach: true);

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
        return _network.Forward(Candidates(x, rows)).Reshape(rows, -1);
    }

    /// <summary>Applies all layers but the last; not for numbers of actions among candidates.</summary>
    public Tensor ForwardHidden(Tensor x) => _layout is null ? _network.ForwardHidden(x) : _network.ForwardHidden(Candidates(x, x.Shape[0])).Mean(1);

    /// <summary>Applies the last layer to what <see cref="ForwardHidden"/> gave.</summary>
    public Tensor ForwardOutput(Tensor hidden) => _network.ForwardOutput(hidden);

    private Tensor Candidates(Tensor x, int rows)                                         // [rows, count, features + context]
    {
        var (count, features, context) = (_layout!.Count, _layout.Features, _layout.Context);
        if (context == 0) return x.Reshape(rows, count, features);
        var own = x.Slice(1, 0, count * features).Reshape(rows, count, features);
        return Tensor.Concat(2, own, x.Slice(1, count * features, context).Reshape(rows, 1, context).Expand(rows, count, context));
    }
}
