using System.Buffers;

namespace Pilotage;

/// <summary>State that a checkpoint keeps: written whole, read back whole, continued bit for bit.</summary>
/// <remarks>An implementation writes everything that its next result depends on and nothing that it can recompute from its settings.</remarks>
public interface ISaved
{
    /// <summary>Appends the state to <paramref name="writer"/>.</summary>
    /// <param name="writer">Receives the bytes, little-endian.</param>
    void Save(IBufferWriter<byte> writer);

    /// <summary>Replaces the state by what <see cref="Save"/> of an equally configured object wrote.</summary>
    /// <param name="reader">Positioned at the first byte that <see cref="Save"/> wrote; left after the last.</param>
    /// <exception cref="InvalidDataException">The bytes end early or do not fit this object's sizes.</exception>
    void Load(ref SequenceReader<byte> reader);
}
