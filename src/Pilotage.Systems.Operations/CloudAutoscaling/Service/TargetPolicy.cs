using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A policy of targets made to act by changes, so that it is measured like every other.</summary>
/// <param name="inner">Chooses a wanted number of machines.</param>
/// <param name="conversion">Reads the frames that will be acted on.</param>
internal sealed class TargetPolicy(IPolicy inner, TargetConversion conversion) : IPolicy
{
    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => new Memory(inner.CreateMemory(rows), new(conversion.Space, rows));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var own = (Memory)memory;
        inner.Act(new(frames.Rows, frames.Observations, default, frames.Active), own.Inner, ref random, own.Targets);
        conversion.ToChanges(frames, own.Targets.Values, actions.Indices);
    }

    private sealed class Memory(PolicyMemory inner, ActionBatch targets) : PolicyMemory
    {
        public PolicyMemory Inner => inner;

        public ActionBatch Targets => targets;

        public override void ResetRow(int row) => inner.ResetRow(row);

        public override void Save(IBufferWriter<byte> writer) => inner.Save(writer);

        public override void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
    }
}
