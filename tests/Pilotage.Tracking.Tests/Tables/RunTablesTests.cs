using Pilotage.Testing;
using Pilotage.Tracking.Tables;
using Xunit;

namespace Pilotage.Tracking.Tests.Tables;

public sealed class RunTablesTests
{
    [Fact]
    public void ToCsv_ThreeKindsOfRuns_IsTheCommittedText()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("out"));

        var files = RunExport.ToCsv([RunFolders.Training(folder), RunFolders.Study(folder), RunFolders.Apply(folder)], folder.In("out"));

        Assert.Equal(["runs.csv", "configuration.csv", "metrics.csv", "arms.csv", "comparisons.csv", "claims.csv", "trials.csv", "answers.csv"], files.Select(Path.GetFileName));
        // Times differ; of the many settings the tests of a run's folder speak.
        var shown = files.Where(file => Path.GetFileName(file) is not ("configuration.csv" or "runs.csv")).Select(file => $"{Path.GetFileName(file)}\n{File.ReadAllText(file)}");
        Snapshot.Matches(string.Join("\n", shown));
        Assert.Equal(
            ["train,\"ppo on CartPole-v1, seed 0\",train,unfinished,,ppo,CartPole-v1,laptop,0", "study,\"coins, laptop scale\",run,finished,coins,,,laptop,7", "apply,\"coins on a, b.csv\",apply,finished,coins,,,laptop,0"],
            File.ReadLines(files[0]).Skip(1).Select(line => line[..(line.IndexOf(",laptop,", StringComparison.Ordinal) + 9)]));
    }

    [Fact]
    public void Write_FullDisk_LeavesNoHalfFileAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var runs = RunExport.ReadAll([RunFolders.Study(folder)]);
        Directory.CreateDirectory(folder.In("out"));

        var failure = Assert.Throws<RunFailedException>(() => TableFiles.Write(RunTables.Of(runs), folder.In("out"), CsvTable.Write, "csv", path => new FullDisk(path, 100, isSilent: false)));

        Assert.StartsWith($"{folder.In("out/runs.csv")} could not be written: No space left on device.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.In("out")));
    }
}
