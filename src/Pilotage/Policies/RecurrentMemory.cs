using System.Buffers;

namespace Pilotage.Policies;

/// <summary>What a <see cref="RecurrentActorCritic"/> remembers of each row's running episode: the states of its cells, zeros at the beginning.</summary>
/// <param name="rows">Rows.</param>
/// <param name="units">Numbers per state.</param>
/// <param name="hasCritic">Whether the critic's memory is kept too; acting alone does not need it.</param>
internal sealed class RecurrentMemory(int rows, int units, bool hasCritic) : PolicyMemory
{
    /// <summary>State of the actor's cell, [rows, units].</summary>
    public float[] Actor { get; } = new float[rows * units];

    /// <summary>State of the critic's cell, [rows, units]; empty without.</summary>
    public float[] Critic { get; } = new float[hasCritic ? rows * units : 0];

    public int Rows => rows;

    public override void ResetRow(int row)
    {
        Actor.AsSpan(row * units, units).Clear();
        if (hasCritic) Critic.AsSpan(row * units, units).Clear();
    }

    // The critic's memory serves learning alone and stays here.
    public override int RowSize => units;

    public override void CopyRow(int row, Span<float> values) => Actor.AsSpan(row * units, units).CopyTo(values);

    public override void RestoreRow(int row, ReadOnlySpan<float> values) => values[..units].CopyTo(Actor.AsSpan(row * units));

    /// <summary>Writes what some rows remember, the critic's memory included.</summary>
    public void SaveRows(IBufferWriter<byte> writer, int first, int count)
    {
        writer.Write<float>(Actor.AsSpan(first * units, count * units));
        writer.Write<float>(hasCritic ? Critic.AsSpan(first * units, count * units) : []);
    }

    /// <summary>Makes some rows remember what <see cref="SaveRows"/> wrote.</summary>
    public void LoadRows(ref SequenceReader<byte> reader, int first, int count)
    {
        reader.ReadInto(Actor.AsSpan(first * units, count * units));
        reader.ReadInto(hasCritic ? Critic.AsSpan(first * units, count * units) : []);
    }

    public override void Save(IBufferWriter<byte> writer) => SaveRows(writer, 0, rows);

    public override void Load(ref SequenceReader<byte> reader) => LoadRows(ref reader, 0, rows);
}
