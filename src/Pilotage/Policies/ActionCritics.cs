using System.Buffers;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>Networks that value a state together with an action of a box, side by side in one batched network, and slow copies of them as targets.</summary>
/// <remarks>
/// Actions are in the actor's unit, in which the box is [-1, 1]. Two critics: arXiv:1802.09477; slow copies: arXiv:1509.02971. Where the observation lists candidates, the same weights see each candidate's
/// numbers, the context and the candidate's own number of the action, and the mean of the hidden layers is judged.
/// </remarks>
public sealed class ActionCritics : ISaved
{
    private readonly EnsembleMlp _critics;
    private readonly EnsembleMlp _targets;
    private readonly CandidateLayout? _layout;

    /// <summary>Makes the networks; the targets begin as copies.</summary>
    /// <param name="spec">Gives the sizes of observations and actions.</param>
    /// <param name="count">K, critics, at least 1.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="random">The stream to draw the weights from.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="isNormalized">Whether hidden layers are layer-normalised.</param>
    public ActionCritics(EnvironmentSpec spec, int count, IReadOnlyList<int> hidden, Activation activation, ref Randomness random, Device? device = null, bool isNormalized = false)
    {
        (Parameters, TargetParameters, _layout) = (new(device), new(device), spec.Candidates);
        var inputs = ObservationNetwork.InputsOf(spec) + ObservationNetwork.OutputsOf(spec, spec.Actions.ValueCount);
        _critics = new(Parameters, "critics", count, inputs, hidden, 1, activation, 1, ref random, isNormalized);
        _targets = new(TargetParameters, "critics", count, inputs, hidden, 1, activation, 1, ref random, isNormalized);
        TargetParameters.BlendFrom(Parameters, 1);
    }

    /// <summary>K, critics.</summary>
    public int Count => _critics.Members;

    /// <summary>All weights of the critics.</summary>
    public Parameters Parameters { get; }

    /// <summary>All weights of the targets.</summary>
    public Parameters TargetParameters { get; }

    /// <summary>Q of each critic.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="actions">[rows, dimensions].</param>
    /// <returns>[K, rows].</returns>
    public Tensor Values(Tensor observations, Tensor actions) => Flat(Judge(_critics, observations, actions));

    /// <summary>Q of the first critic alone, at its cost alone.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="actions">[rows, dimensions].</param>
    /// <returns>[rows].</returns>
    public Tensor FirstValues(Tensor observations, Tensor actions)
    {
        var values = _layout is null
            ? _critics.ForwardMember(0, Tensor.Concat(1, observations, actions))
            : _critics.ForwardMemberOutput(0, Pool(_critics.ForwardMemberHidden(0, Candidates(observations, actions)), observations.Shape[0]));
        return values.Reshape(values.Shape[0]);
    }

    /// <summary>Q of each target.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="actions">[rows, dimensions].</param>
    /// <returns>[K, rows].</returns>
    public Tensor TargetValues(Tensor observations, Tensor actions) => Flat(Judge(_targets, observations, actions));

    /// <summary>Moves the targets towards the critics.</summary>
    /// <param name="rate">tau, in [0, 1]: the share that is taken.</param>
    public void MoveTargets(float rate) => TargetParameters.BlendFrom(Parameters, rate);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<float>(Parameters.Values);
        writer.Write<float>(TargetParameters.Values);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto(Parameters.Values);
        reader.ReadInto(TargetParameters.Values);
    }

    private Tensor Judge(EnsembleMlp networks, Tensor observations, Tensor actions) => _layout is null
        ? networks.Forward(Tensor.Concat(1, observations, actions))
        : networks.ForwardOutput(Pool(networks.ForwardHidden(Candidates(observations, actions)), observations.Shape[0]));

    private Tensor Candidates(Tensor observations, Tensor actions)                        // [rows x count, features + context + 1]
    {
        var (rows, count) = (observations.Shape[0], _layout!.Count);
        return Tensor.Concat(2, ObservationNetwork.Candidates(observations, _layout), actions.Reshape(rows, count, 1)).Reshape(rows * count, -1);
    }

    private Tensor Pool(Tensor hidden, int rows) => hidden.Shape.Rank == 2                // [K, rows x count, width], or of one alone
        ? hidden.Reshape(rows, _layout!.Count, hidden.Shape[1]).Mean(1)
        : hidden.Reshape(hidden.Shape[0], rows, _layout!.Count, hidden.Shape[2]).Mean(2);

    private static Tensor Flat(Tensor values) => values.Reshape(values.Shape[0], values.Shape[1]);                // [K, rows, 1]
}
