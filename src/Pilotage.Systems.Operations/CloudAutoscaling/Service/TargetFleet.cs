using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Services that are told a wanted number of machines, a real number, instead of a change: for learners of continuous actions.</summary>
/// <remarks>
/// The target x in [n_min, n_max] becomes the change round(x) - n', n' the machines that serve and boot, held to the action set and the bounds. So the
/// policies of both spaces can do exactly the same. Rounded half away from zero, as people round.
/// </remarks>
internal sealed class TargetFleet : IVectorEnvironment
{
    private readonly AutoscalingFleet _inner;
    private readonly TargetConversion _conversion;
    private readonly ActionBatch _changes;

    /// <param name="inner">Owned by this object from now on.</param>
    /// <param name="conversion">Reads the frames of <paramref name="inner"/>.</param>
    public TargetFleet(AutoscalingFleet inner, TargetConversion conversion)
    {
        (_inner, _conversion, _changes) = (inner, conversion, new(inner.Spec.Actions, inner.Rows));
        Spec = inner.Spec with { Name = "cloud-autoscaling-target", Actions = conversion.Space };
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _inner.Frames.Observations);

    /// <inheritdoc/>
    public void Reset() => _inner.Reset();

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        _conversion.ToChanges(_inner.Frames, actions.Values, _changes.Indices);
        var transition = _inner.Step(_changes);
        return new(transition.Rewards, transition.Ends, transition.EndedRows, new(transition.FinalFrames.Rows, transition.FinalFrames.Observations));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => _inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => _inner.Load(ref reader);
}
