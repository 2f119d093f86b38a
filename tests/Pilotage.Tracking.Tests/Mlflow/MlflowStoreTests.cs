using Pilotage.Testing;
using Pilotage.Tracking.Mlflow;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

public sealed class MlflowStoreTests
{
    [Fact]
    public void Add_ThreeKindsOfRuns_AreReadByMlflowsRules()
    {
        using var folder = new TemporaryFolder();
        RunExport.ToMlflow([RunFolders.Training(folder), RunFolders.Study(folder), RunFolders.Apply(folder)], folder.In("mlruns"));
        var reader = new MlflowReader(folder.In("mlruns"));

        var experiments = reader.Experiments();

        Assert.Equal(["Default", "apply coins", "coins", "ppo on CartPole-v1"], experiments.Values.Order(StringComparer.Ordinal));
        var training = Single(reader, experiments, "ppo on CartPole-v1");
        Assert.Equal(("1", "null"), (training.Meta["status"], training.Meta["end_time"]));
        Assert.Equal([512L, 1024], training.Metrics["episode_return"].Select(point => point.Step));
        Assert.True(double.IsNaN(training.Metrics["approx_kl"][0].Value));
        Assert.Equal(1e-300, training.Metrics["approx_kl"][1].Value);
        Assert.Equal(-0.1, training.Metrics["losses/value"][0].Value);
        Assert.Equal("0.00025", training.Parameters["settings.learningRate"]);
        Assert.Equal(("train", "LOCAL", "ppo on CartPole-v1, seed 0"), (training.Tags["mlflow.runName"], training.Tags["mlflow.source.type"], training.Tags["pilotage.title"]));
        Assert.Equal(["config.yaml", "metrics.jsonl"], training.Artifacts);
        var study = Single(reader, experiments, "coins");
        Assert.Equal("3", study.Meta["status"]);
        Assert.Equal(0.9, study.Metrics["arms/biased/heads"].Single().Value);
        Assert.Equal([(0L, 0.375), (1, 0.875), (2, 1.375)], study.Metrics["seeds/fair coin/heads"].Select(point => (point.Step, point.Value)));
        Assert.Equal("reproduced", study.Tags["claim.a"]);
        Assert.Equal("Toss the \"dime\".", Single(reader, experiments, "apply coins").Tags["pilotage.headline"]);
    }

    [Fact]
    public void Add_ARunThatWentOn_ReplacesWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolders.Training(folder);
        RunExport.ToMlflow([run], folder.In("mlruns"));
        File.Delete(Path.Combine(run, "metrics.jsonl"));
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), "{\"step\":2048,\"other\":1}\n");

        RunExport.ToMlflow([run], folder.In("mlruns"));

        var reader = new MlflowReader(folder.In("mlruns"));
        Assert.Equal(["other"], Single(reader, reader.Experiments(), "ppo on CartPole-v1").Metrics.Keys);
    }

    // The experiment that somebody made in MLflow under the same name, and a run of his own in it, stay.
    [Fact]
    public void Add_ToAStoreInUse_JoinsTheExperimentOfThatName()
    {
        using var folder = new TemporaryFolder();
        var own = folder.In("mlruns/42/aaaa");
        Directory.CreateDirectory(own);
        File.WriteAllText(folder.In("mlruns/42/meta.yaml"), $"artifact_location: file://{folder.In("mlruns/42")}\ncreation_time: 1\nexperiment_id: '42'\nlast_update_time: 1\nlifecycle_stage: active\nname: coins\n");
        File.WriteAllText(Path.Combine(own, "kept"), "");

        var written = RunExport.ToMlflow([RunFolders.Study(folder)], folder.In("mlruns"));

        Assert.StartsWith(folder.In("mlruns/42"), written[0], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(own, "kept")));
    }

    [Fact]
    public void Add_FolderOfSomethingElse_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("mine"));
        File.WriteAllText(folder.In("mine/notes.txt"), "");

        var problems = new[] { folder.In("mine"), folder.In("mine/notes.txt") }.Select(path => Assert.Throws<UserMistakeException>(() => RunExport.CheckStore(path)).Problems[0]);

        Snapshot.Matches(string.Join("\n", problems).Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_AnExperimentDeletedInMlflow_IsTold()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolders.Study(folder);
        var written = RunExport.ToMlflow([run], folder.In("mlruns")).Single();
        var experiment = Path.GetDirectoryName(written)!;
        Directory.Move(experiment, folder.In("mlruns/.trash/" + Path.GetFileName(experiment)));

        Assert.StartsWith("PIL2031  The experiment \"coins\" was deleted", Assert.Throws<UserMistakeException>(() => RunExport.ToMlflow([run], folder.In("mlruns"))).Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FullDisk_LeavesTheRunThatWasThere()
    {
        using var folder = new TemporaryFolder();
        var runs = RunExport.ReadAll([RunFolders.Study(folder)]);
        new MlflowStore(folder.In("mlruns"), File.Create).Add(runs);
        var written = 0;

        var failure = Assert.Throws<RunFailedException>(() => new MlflowStore(folder.In("mlruns"), path => ++written > 5 ? new FullDisk(path, 3, isSilent: false) : File.Create(path)).Add(runs));

        Assert.Contains("No space left on device. The runs themselves are untouched", failure.Message, StringComparison.Ordinal);
        var reader = new MlflowReader(folder.In("mlruns"));
        Assert.Equal(0.9, Single(reader, reader.Experiments(), "coins").Metrics["arms/biased/heads"].Single().Value);
    }

    private static MlflowRun Single(MlflowReader reader, IReadOnlyDictionary<string, string> experiments, string name) => Assert.Single(reader.Runs(experiments.Single(pair => pair.Value == name).Key));
}
