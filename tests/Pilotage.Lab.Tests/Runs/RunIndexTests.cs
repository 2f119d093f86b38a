using Pilotage.Algorithms;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Runs;

public sealed class RunIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RunsOfAllKinds_TellsEachOneNewestFirst()
    {
        Make("a-old", age: 3);
        Finish("a-old", ApplyJson("Use the threshold."));
        Make("b-unfinished", age: 2);
        Make("c-newer", age: 1);
        Finish("c-newer", $"{{\"schema\":\"{StudyReport.CurrentSchema[..^1]}2\"}}");
        Make("d-cut", age: 0);
        Finish("d-cut", "{\"schema\":");
        Directory.CreateDirectory(_folder.In("no-run"));
        Directory.CreateDirectory(_folder.In("e-broken"));
        File.WriteAllText(_folder.In("e-broken/config.yaml"), "run:\n  command: fly\n");
        File.SetLastWriteTimeUtc(_folder.In("e-broken/config.yaml"), Time(-1));

        var runs = RunIndex.Read(_folder.Path);

        Assert.Equal(["e-broken", "d-cut", "c-newer", "b-unfinished", "a-old"], runs.Select(run => run.Name));
        Assert.Equal([RunStatus.Broken, RunStatus.Broken, RunStatus.Newer, RunStatus.Unfinished, RunStatus.Finished], runs.Select(run => run.Status));
        Assert.Equal("Use the threshold.", runs[^1].Headline);
        Assert.Equal("ppo on CartPole-v1, seed 3", runs[^1].Title);
        Assert.All(runs, run => Assert.NotEmpty(run.Headline));
        Assert.Equal(runs, RunIndex.Read(_folder.Path));                 // the second time from the index
    }

    [Fact]
    public void Read_ChangesOfTheFolders_AreSeen()
    {
        Make("a", age: 1);
        Make("b", age: 2);
        RunIndex.Read(_folder.Path);

        Finish("a", ApplyJson("Done."));
        Directory.Delete(_folder.In("b"), recursive: true);

        var run = Assert.Single(RunIndex.Read(_folder.Path));
        Assert.Equal((RunStatus.Finished, "Done."), (run.Status, run.Headline));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("rubbish")]
    [InlineData("cut off")]
    [InlineData("other tables")]
    [InlineData("other version")]
    public void Read_IndexThatCannotBeUsed_IsMadeAnew(string problem)
    {
        Make("a", age: 1);
        var before = RunIndex.Read(_folder.Path);
        var path = _folder.In(RunIndex.FileName);
        switch (problem)
        {
            case "missing": File.Delete(path); break;
            case "rubbish": File.WriteAllBytes(path, [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7))]); break;
            case "cut off": File.WriteAllBytes(path, File.ReadAllBytes(path)[..5_000]); break;
            case "other tables": Sql(path, "DROP TABLE runs; CREATE TABLE runs (name TEXT)"); break;
            case "other version": Sql(path, "PRAGMA user_version = 99"); break;
        }

        Assert.Equal(before, RunIndex.Read(_folder.Path));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Read_ManyAtOnce_AllSeeTheSame()
    {
        for (var i = 0; i < 20; i++) Make($"run-{i:D2}", age: i);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunIndex.Read(_folder.Path), TestContext.Current.CancellationToken)));

        Assert.All(all, runs => Assert.Equal(all[0], runs));
        Assert.Equal(20, all[0].Count);
    }

    [Fact]
    public void Read_NoFolderOfRuns_IsEmpty()
    {
        Assert.Empty(RunIndex.Read(_folder.In("nowhere")));
        Assert.False(Directory.Exists(_folder.In("nowhere")));
    }

    [Fact]
    public void Read_PlaceOfTheIndexTaken_ReadsTheFolders()
    {
        Make("a", age: 1);
        Directory.CreateDirectory(_folder.In(RunIndex.FileName));

        Assert.Single(RunIndex.Read(_folder.Path));
    }

    private void Make(string name, int age)
    {
        var header = new RunHeader { Command = RunCommand.Train, Algorithm = "ppo", Environment = "CartPole-v1", Seed = 3, Steps = 1000 };
        RunFolder.Create(new(header, PpoConfig.Schema, new PpoConfig()), _folder.In(name), TimeProvider.System);
        File.SetLastWriteTimeUtc(_folder.In($"{name}/config.yaml"), Time(age));
    }

    private void Finish(string name, string json) => File.WriteAllText(_folder.In($"{name}/report.json"), json);

    private static string ApplyJson(string headline) => $"{{\"schema\":\"pilotage-apply/1\",\"headline\":\"{headline}\"}}";

    private static DateTime Time(int age) => new DateTime(2026, 1, 10, 0, 0, 0, DateTimeKind.Utc).AddHours(-age);

    private static void Sql(string path, string text)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
