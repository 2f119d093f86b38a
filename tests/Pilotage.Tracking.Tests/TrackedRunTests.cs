using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tracking.Tests;

public sealed class TrackedRunTests
{
    [Fact]
    public void Read_ATrainingThatGoesOn_IsReadAsFarAsItIs()
    {
        using var folder = new TemporaryFolder();

        var run = TrackedRun.Read(RunFolders.Training(folder));

        Assert.Equal(
            [new(512, "episode_return", 21.5), new(512, "approx_kl", double.NaN), new(1024, "episode_return", 30), new(1024, "approx_kl", 1e-300), new MetricPoint(1024, "losses/value", -0.1)], run.Metrics);
        Assert.Null(run.Ended);
        Assert.Null(run.Report);
        Assert.Contains(new("settings.learningRate", "0.00025"), run.Configuration);
        Assert.Contains(new("settings.hidden", "[64, 64]"), run.Configuration);
        Assert.Equal("ppo on CartPole-v1, seed 0", run.Title);
    }

    // The file is open in the process that trains.
    [Fact]
    public void Read_WhileMetricsAreBeingWritten_Works()
    {
        using var folder = new TemporaryFolder();
        var path = RunFolders.Training(folder);
        using var writing = new FileStream(Path.Combine(path, "metrics.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read);

        Assert.Equal(5, TrackedRun.Read(path).Metrics.Count);
    }

    [Fact]
    public void Read_AStudy_HasTrialsAndReport()
    {
        using var folder = new TemporaryFolder();

        var run = TrackedRun.Read(RunFolders.Study(folder));

        Assert.Equal(["biased 0", "biased 1", "biased 2", "fair coin 0", "fair coin 1", "fair coin 2"], run.Trials.Select(trial => FormattableString.Invariant($"{trial.Arm} {trial.Seed}")));
        Assert.Equal(2.5, run.Trials[5].Measurements[0].Value);
        Assert.Equal("Yes: biased is better than fair coin, by 0.4 [0.3, 0.5] heads (share).", run.Headline);
        Assert.NotNull(run.Ended);
    }

    [Fact]
    public void ReadAll_RunsThatCannotBeRead_AreAllTold()
    {
        using var folder = new TemporaryFolder();
        var torn = RunFolders.WithReport(RunFolders.Training(folder, "torn"), "{\"schema\":");
        var foreign = RunFolders.WithReport(RunFolders.Training(folder, "foreign"), "[]");
        var half = RunFolders.WithReport(RunFolders.Apply(folder, "half"), "{\"schema\":\"pilotage-apply/1\",\"headline\":7}");
        var good = RunFolders.Study(folder);

        var mistake = Assert.Throws<UserMistakeException>(() => RunExport.ReadAll([folder.In("nowhere"), torn, RunFolders.Newer(folder), foreign, half, good, good]));

        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
    }
}
