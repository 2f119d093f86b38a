using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A policy that learned on normalised observations, made to act on raw ones. Applies the statistics, never changes them.</summary>
/// <param name="inner">Acts on normalised frames.</param>
/// <param name="normalizer">The statistics that <paramref name="inner"/> learned with.</param>
public sealed class NormalizedPolicy(IPolicy inner, ObservationNormalizer normalizer) : IPortablePolicy
{
    /// <summary>A learner's policy, made to act on the frames of the environment that the learner was given, whether or not it normalised them for itself.</summary>
    /// <param name="policy">Acts on the frames of <paramref name="own"/>.</param>
    /// <param name="given">What the learner was given; may itself be normalised, which is then its owner's affair.</param>
    /// <param name="own">What the learner plays in: <paramref name="given"/>, or that one normalised.</param>
    internal static IPolicy For(IPolicy policy, IVectorEnvironment given, IVectorEnvironment own) =>
        own != given && own is NormalizedEnvironment { Observations: { } normalizer } ? new NormalizedPolicy(policy, normalizer) : policy;

    /// <summary>The policy that acts on normalised frames.</summary>
    public IPolicy Inner => inner;

    /// <summary>The statistics, to be saved with the policy.</summary>
    public ObservationNormalizer Normalizer => normalizer;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => Portable.Weights;

    private IPortablePolicy Portable => inner as IPortablePolicy ?? throw PolicyFile.NotPortable(inner);

    /// <inheritdoc/>
    public PolicyDescriptor Describe()
    {
        var moments = normalizer.Moments;
        return new NormalizedDescriptor(moments.Count, moments.Mean.ToArray(), moments.SquaredDeviations.ToArray(), normalizer.Clip, Portable.Describe());
    }

    /// <inheritdoc/>
    /// <remarks>The memory also owns the normalised frames, so that several memories may act on several threads at the same time.</remarks>
    public PolicyMemory CreateMemory(int rows) => new Memory(inner.CreateMemory(rows), new float[rows * normalizer.Size]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="memory"/> is not from this policy's <see cref="CreateMemory"/> or has another number of rows.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        if (memory is not Memory own || own.Observations.Length != frames.Observations.Length)
        {
            throw new ArgumentException($"The memory must come from this policy's CreateMemory({frames.Rows}).", nameof(memory));
        }
        normalizer.Apply(frames.Observations, own.Observations);
        inner.Act(new(frames.Rows, own.Observations, frames.Legal, frames.Active), own.Inner, ref random, actions);
    }

    private sealed class Memory(PolicyMemory inner, float[] observations) : PolicyMemory
    {
        public PolicyMemory Inner => inner;

        public float[] Observations => observations;

        public override void ResetRow(int row) => inner.ResetRow(row);

        public override int RowSize => inner.RowSize;

        public override void CopyRow(int row, Span<float> values) => inner.CopyRow(row, values);

        public override void RestoreRow(int row, ReadOnlySpan<float> values) => inner.RestoreRow(row, values);

        public override void Save(IBufferWriter<byte> writer) => inner.Save(writer);

        public override void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
    }
}
