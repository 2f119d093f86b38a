namespace Pilotage.Lab.Data;

/// <summary>One file of a public data set: what is kept, and where it comes from.</summary>
/// <param name="Name">File name in the data set's folder.</param>
/// <param name="Bytes">Size of the kept file.</param>
/// <param name="Sha256">Checksum of the kept file, lower-case hexadecimal.</param>
/// <param name="Source">Where the original is downloaded from, pinned to one commit.</param>
/// <param name="SourceSha256">Checksum of the original, lower-case hexadecimal.</param>
/// <param name="Derivation">How the original becomes the kept file.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256, Uri Source, string SourceSha256, IDerivation Derivation);
