namespace Pilotage.Lab.Data;

/// <summary>A public data set that users may download. Nothing of it is in the repository.</summary>
/// <param name="Name">As users type it; also the name of its folder.</param>
/// <param name="Summary">One line: what it holds.</param>
/// <param name="Licence">Under which terms each part is published.</param>
/// <param name="Files">The kept files.</param>
public sealed record DataSet(string Name, string Summary, string Licence, IReadOnlyList<DataFile> Files)
{
    /// <summary>Size of all kept files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>The files that a folder lacks. Looks at names and sizes; checksums are verified when a file is downloaded.</summary>
    /// <param name="folder">The data set's own folder; need not exist.</param>
    /// <returns>Files that are absent or of another size.</returns>
    public IReadOnlyList<DataFile> MissingIn(string folder) =>
        [.. Files.Where(file => new FileInfo(Path.Combine(folder, file.Name)) is not { Exists: true } info || info.Length != file.Bytes)];
}
