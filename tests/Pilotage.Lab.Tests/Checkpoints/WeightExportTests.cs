using Pilotage.Lab.Checkpoints;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Lab.Tests.Checkpoints;

public sealed class WeightExportTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Save_IntoAFolderThatIsNotThere_WritesAFileThatReads()
    {
        Writer(3).Save(_temporary.In("new/model.safetensors"));

        Assert.Equal(3, One(_temporary.In("new/model.safetensors")));
        Assert.Single(Directory.GetFiles(_temporary.In("new")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_DiskTakesOnlyAPart_FailsAndKeepsTheOldFile(bool isSilent)
    {
        var path = _temporary.In("model.safetensors");
        Writer(3).Save(path);

        var exception = Assert.Throws<RunFailedException>(() => Writer(4).Save(path, file => new FullDisk(file, 40, isSilent)));

        Assert.Contains(path, exception.Message);
        Assert.Equal(3, One(path));
        Assert.Single(Directory.GetFiles(_temporary.Path));
    }

    private static SafetensorsWriter Writer(float value)
    {
        var writer = new SafetensorsWriter();
        writer.Add(new("x", [1], new[] { value }));
        return writer;
    }

    private static float One(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var value = new float[1];
        file.Read("x", value);
        return value[0];
    }
}
