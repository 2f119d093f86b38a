using Pilotage.Lab.Runs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Runs;

public sealed class MetricsFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string File => _temporary.In("metrics.jsonl");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Append_Lines_AreInTheFileBeforeItIsClosed()
    {
        using var metrics = MetricsFile.Open(File, lastStep: 0);
        metrics.Append(128, [new("approx_kl", 0.01), new("episode_return", double.NaN)]);
        metrics.Append(256, []);

        Assert.Equal("{\"step\":128,\"approx_kl\":0.01,\"episode_return\":null}\n{\"step\":256}\n", Content());
    }

    [Fact]
    public void Open_ForResume_CutsWhatLiesBeyondTheCheckpointAndATornLine()
    {
        System.IO.File.WriteAllText(File, "{\"step\":128}\n{\"step\":256,\"a\":1}\nrubbish\n{\"step\":384}\n{\"step\":2");

        using (var metrics = MetricsFile.Open(File, lastStep: 256)) metrics.Append(384, [new("a", 2)]);

        Assert.Equal("{\"step\":128}\n{\"step\":256,\"a\":1}\n{\"step\":384,\"a\":2}\n", Content());
    }

    [Fact]
    public void Append_NumberOfManyDigits_ReadsBackToTheSameBits()
    {
        using var metrics = MetricsFile.Open(File, lastStep: 0);
        metrics.Append(1, [new("a", 0.1 + 0.2)]);

        Assert.Equal(0.1 + 0.2, System.Text.Json.JsonDocument.Parse(Content()).RootElement.GetProperty("a").GetDouble());
    }

    [Fact]
    public void Open_PathIsAFolder_FailsTheRun() => Assert.Throws<RunFailedException>(() => MetricsFile.Open(_temporary.Path, lastStep: 0));

    private string Content()
    {
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd();
    }
}
