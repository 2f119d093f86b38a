using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Services whose masks are narrowed by a shield: what a learner explores, and bootstraps from, stays within it.</summary>
internal sealed class ShieldedFleet : IVectorEnvironment
{
    private readonly AutoscalingFleet _inner;
    private readonly CapacityShield _shield;
    private readonly bool[] _legal, _finalLegal;

    /// <param name="inner">Owned by this object from now on.</param>
    /// <param name="shield">Reads the frames of <paramref name="inner"/>.</param>
    public ShieldedFleet(AutoscalingFleet inner, CapacityShield shield)
    {
        (_inner, _shield) = (inner, shield);
        var width = inner.Spec.Actions.LegalCount;
        (_legal, _finalLegal) = (new bool[inner.Rows * width], new bool[inner.Rows * width]);
        shield.Narrow(inner.Frames, _legal);
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec => _inner.Spec;

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _inner.Frames.Observations, _legal);

    /// <inheritdoc/>
    public void Reset()
    {
        _inner.Reset();
        _shield.Narrow(_inner.Frames, _legal);
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var transition = _inner.Step(actions);
        _shield.Narrow(_inner.Frames, _legal);
        var finals = transition.FinalFrames;
        var legal = _finalLegal.AsSpan(0, finals.Legal.Length);
        _shield.Narrow(finals, legal);
        return new(transition.Rewards, transition.Ends, transition.EndedRows, new(finals.Rows, finals.Observations, legal));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => _inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _inner.Load(ref reader);
        _shield.Narrow(_inner.Frames, _legal);
    }
}
