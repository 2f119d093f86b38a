using System.Buffers;

namespace Pilotage.Policies;

/// <summary>What a policy remembers of each row's running episode: recurrent state, counters, forecasts. Saved with the run.</summary>
public abstract class PolicyMemory : ISaved
{
    /// <summary>The memory of a policy that needs none.</summary>
    public static PolicyMemory None { get; } = new Empty();

    /// <summary>Begins a new episode in one row.</summary>
    /// <param name="row">The row whose episode ended.</param>
    public abstract void ResetRow(int row);

    /// <summary>How many numbers tell what one row remembers; 0 where nothing is remembered, or where it cannot be told row by row.</summary>
    public virtual int RowSize => 0;

    /// <summary>Reads what one row remembers, for whoever keeps it elsewhere.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">Receives <see cref="RowSize"/> numbers.</param>
    public virtual void CopyRow(int row, Span<float> values) { }

    /// <summary>Makes one row remember what <see cref="CopyRow"/> read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values"><see cref="RowSize"/> numbers.</param>
    public virtual void RestoreRow(int row, ReadOnlySpan<float> values) { }

    /// <inheritdoc/>
    public abstract void Save(IBufferWriter<byte> writer);

    /// <inheritdoc/>
    public abstract void Load(ref SequenceReader<byte> reader);

    private sealed class Empty : PolicyMemory
    {
        public override void ResetRow(int row) { }

        public override void Save(IBufferWriter<byte> writer) { }

        public override void Load(ref SequenceReader<byte> reader) { }
    }
}
