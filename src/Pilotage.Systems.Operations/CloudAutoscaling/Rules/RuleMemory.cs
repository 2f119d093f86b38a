using System.Buffers;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A few numbers per row, 0 at the beginning of an episode.</summary>
internal sealed class RuleMemory(int rows, int size) : PolicyMemory
{
    private readonly double[] _values = new double[rows * size];

    public Span<double> this[int row] => _values.AsSpan(row * size, size);

    /// <inheritdoc/>
    public override void ResetRow(int row) => this[row].Clear();

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer) => writer.Write<double>(_values);

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader) => reader.ReadInto<double>(_values);
}
