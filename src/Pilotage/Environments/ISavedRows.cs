using System.Buffers;

namespace Pilotage.Environments;

/// <summary>A vector environment whose rows can be saved one by one, so that another one of the same kind can play them.</summary>
/// <remarks>A row carries all that its next step depends on, its random numbers included: wherever and beside whichever others it is played, the bits are the same.</remarks>
public interface ISavedRows : IVectorEnvironment
{
    /// <summary>Whether rows can be saved: an environment may hold references that it does not save.</summary>
    bool IsSaveable { get; }

    /// <summary>Writes the state of some rows.</summary>
    /// <param name="writer">Receives the bytes.</param>
    /// <param name="first">First row, in [0, <see cref="IVectorEnvironment.Rows"/>).</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="NotSupportedException">See <see cref="IsSaveable"/>.</exception>
    void SaveRows(IBufferWriter<byte> writer, int first, int count);

    /// <summary>Replaces the state of some rows by what <see cref="SaveRows"/> of an environment of the same kind wrote, whatever their place was there.</summary>
    /// <param name="reader">Positioned at the first byte; left after the last.</param>
    /// <param name="first">First row here.</param>
    /// <param name="count">As many as were saved.</param>
    /// <exception cref="InvalidDataException">The bytes end early or do not fit.</exception>
    /// <exception cref="NotSupportedException">See <see cref="IsSaveable"/>.</exception>
    void LoadRows(ref SequenceReader<byte> reader, int first, int count);
}
