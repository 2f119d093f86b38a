using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Control.Stac;

/// <summary>An environment whose rewards are multiplied by a number, for learners whose first deviation of 0.69 must be able to grow to that of the values. All else passes through.</summary>
/// <param name="inner">Owned by this object from now on.</param>
/// <param name="scale">Above 0.</param>
internal sealed class ScaledRewards(IVectorEnvironment inner, double scale) : IVectorEnvironment
{
    private readonly float[] _rewards = new float[inner.Rows];

    /// <inheritdoc/>
    public EnvironmentSpec Spec => inner.Spec;

    /// <inheritdoc/>
    public int Rows => inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => inner.Frames;

    /// <summary>The environment itself where the scale is 1.</summary>
    public static IVectorEnvironment Of(IVectorEnvironment environment, double scale) => scale == 1 ? environment : new ScaledRewards(environment, scale);

    /// <inheritdoc/>
    public void Reset() => inner.Reset();

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var transition = inner.Step(actions);
        for (var row = 0; row < _rewards.Length; row++) _rewards[row] = (float)(scale * transition.Rewards[row]);
        return new(_rewards, transition.Ends, transition.EndedRows, transition.FinalFrames);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
}
