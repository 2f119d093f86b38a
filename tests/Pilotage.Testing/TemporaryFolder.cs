namespace Pilotage.Testing;

/// <summary>A folder of a test's own, gone after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("pilotage-test-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path inside.</summary>
    /// <param name="name">May hold slashes.</param>
    /// <returns>The path; nothing is made.</returns>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A text without this machine's path, for snapshots.</summary>
    /// <param name="text">A message.</param>
    /// <returns>The text with the folder as <c>TEMP</c>.</returns>
    public string Anonymous(string text) => text.Replace(Path, "TEMP", StringComparison.Ordinal).Replace('\\', '/');

    /// <summary>Removes the folder and all in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
