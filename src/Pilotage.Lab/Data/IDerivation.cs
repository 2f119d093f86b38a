namespace Pilotage.Lab.Data;

/// <summary>How a downloaded original becomes the file that is kept. Pure: the same bytes in give the same bytes out.</summary>
public interface IDerivation
{
    /// <summary>What is done, for lists; empty where the original is kept as it is.</summary>
    string Text { get; }

    /// <summary>Makes the kept file.</summary>
    /// <param name="original">The downloaded bytes, their checksum already verified.</param>
    /// <returns>The bytes to keep.</returns>
    /// <exception cref="InvalidDataException">The original does not have the expected form.</exception>
    byte[] Apply(byte[] original);
}
