namespace Pilotage.Cli.Tests;

/// <summary>A folder of one test, gone at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("pilotage-cli-").FullName;

    public string Path { get; }

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
