using Pilotage.Evaluation;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class TrialFolderTests : IDisposable
{
    private static readonly FinishedTrial Trial = new(
        [new("return", "nasa/day-1", 0.1 + 0.2), new("return", "ä \"2\"", double.Epsilon), new("cost", "", -0.0), new("cost", "x", double.MaxValue), new("m", "i", 1.0 / 3)], 1.5);

    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-trials-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryLoad_SavedTrial_GivesTheSameBits()
    {
        var folder = new TrialFolder(_folder, "study 1");
        folder.Save("Q-learning (ε = .1) / warm", 3, Trial);
        var loaded = folder.TryLoad("Q-learning (ε = .1) / warm", 3);
        Assert.NotNull(loaded);
        Assert.Equal(Trial.ElapsedSeconds, loaded.ElapsedSeconds);
        Assert.Equal(Trial.Measurements.Count, loaded.Measurements.Count);
        foreach (var (expected, actual) in Trial.Measurements.Zip(loaded.Measurements))
        {
            Assert.Equal((expected.Metric, expected.Instance), (actual.Metric, actual.Instance));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Value), BitConverter.DoubleToInt64Bits(actual.Value));
        }
        Assert.Single(Directory.GetFiles(_folder));                             // no temporary file is left
    }

    [Fact]
    public void TryLoad_OtherSeedArmOrStudy_FindsNothing()
    {
        new TrialFolder(_folder, "study 1").Save("a", 3, Trial);
        Assert.Null(new TrialFolder(_folder, "study 1").TryLoad("a", 4));
        Assert.Null(new TrialFolder(_folder, "study 1").TryLoad("b", 3));
        Assert.Null(new TrialFolder(_folder, "study 2").TryLoad("a", 3));
    }

    [Fact]
    public void TryLoad_FileCutAnywhere_IsIgnored()
    {
        var folder = new TrialFolder(_folder, "study 1");
        folder.Save("a", 0, Trial);
        var path = Directory.GetFiles(_folder).Single();
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Null(folder.TryLoad("a", 0));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"study":"study 1","arm":"a","seed":0,"elapsedSeconds":1,"measurements":[{"metric":null,"instance":"i","value":1}]}""")]
    public void TryLoad_OtherContent_IsIgnored(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "a.0.json"), content);
        Assert.Null(new TrialFolder(_folder, "study 1").TryLoad("a", 0));
    }

    [Fact]
    public void Save_PlaceThatCannotBeWritten_SaysWhatIsSafe()
    {
        var folder = new TrialFolder(_folder, "study 1");
        Directory.CreateDirectory(Path.Combine(_folder, "a.0.json"));           // a folder where the file should go
        Assert.Contains("Trials kept before are safe", Assert.Throws<RunFailedException>(() => folder.Save("a", 0, Trial)).Message);
    }

    [Fact]
    public void Construction_FolderThatCannotBeMade_SaysSo()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.Throws<RunFailedException>(() => new TrialFolder(Path.Combine(_folder, "file"), "study 1"));
    }
}
