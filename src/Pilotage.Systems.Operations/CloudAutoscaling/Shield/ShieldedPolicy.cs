using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A policy that chooses among what a shield allows: a learned one deployed as it was trained, or any other made safer.</summary>
/// <param name="inner">Honours masks.</param>
/// <param name="shield">Reads the frames that will be acted on.</param>
internal sealed class ShieldedPolicy(IPolicy inner, CapacityShield shield) : IPolicy
{
    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => new Memory(inner.CreateMemory(rows), new bool[rows * (2 * ServiceModel.LargestChange + 1)]);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var own = (Memory)memory;
        shield.Narrow(frames, own.Legal);
        inner.Act(new(frames.Rows, frames.Observations, own.Legal, frames.Active), own.Inner, ref random, actions);
    }

    private sealed class Memory(PolicyMemory inner, bool[] legal) : PolicyMemory
    {
        public PolicyMemory Inner => inner;

        public bool[] Legal => legal;

        public override void ResetRow(int row) => inner.ResetRow(row);

        public override void Save(IBufferWriter<byte> writer) => inner.Save(writer);

        public override void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
    }
}
