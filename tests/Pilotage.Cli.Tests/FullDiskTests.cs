using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>Runs on a real disk that fills up.</summary>
public sealed class FullDiskTests
{
    private static readonly string[] Training = ["train", "-a", "ppo", "-e", "CartPole-v1", "--steps", "6000", "--checkpoint-every", "1000", "--evaluate-episodes", "2"];

    [Fact]
    public void Training_ThatFillsTheDisk_KeepsItsLastGoodCheckpoint_AndResumesToTheSameBits()
    {
        using var disk = SmallDisk.TryMount(2048);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        var whole = Tool.Run([.. Training, "--json", "--out", disk.In("whole")]);
        Directory.Delete(disk.In("whole"), recursive: true);

        disk.Fill(leavingKilobytes: 276);                                 // room for the configuration and one checkpoint of 150 kB with its policy
        var stopped = Tool.Run([.. Training, "--out", disk.In("run")]);

        Assert.Equal(ExitCode.RunFailed, stopped.ExitCode);
        Assert.Contains("No space left on device", stopped.Error, StringComparison.Ordinal);
        var kept = Newest();
        Assert.True(stopped.Error.Split(kept).Length == 2, stopped.Error);       // named, once
        Assert.False(File.Exists(disk.In("run", "report.json")));
        Assert.Equal(ExitCode.RunFailed, Tool.Run("resume", disk.In("run")).ExitCode);                 // the disk is still full; nothing gets lost by trying
        Assert.Equal(kept, Newest());

        disk.Free();
        var resumed = Tool.Run("resume", disk.In("run"), "--json");
        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        Assert.Equal(Hash(whole), Hash(resumed));

        string Newest() => Directory.GetFiles(disk.In("run", "checkpoints")).Max(StringComparer.Ordinal)!;
    }

    [Fact]
    public void Comparison_ThatFillsTheDisk_KeepsItsTrials_AndGoesOn()
    {
        using var disk = SmallDisk.TryMount(2048);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        string[] comparison = ["run", "dhumbal", "--scale", "smoke", "--seeds", "2", "--threads", "1"];

        disk.Fill(leavingKilobytes: 64);                                  // the configuration, and some trials of 4 kB
        var stopped = Tool.Run([.. comparison, "--out", disk.In("run")]);

        Assert.Equal(ExitCode.RunFailed, stopped.ExitCode);
        Assert.Contains("Trials kept before are safe", stopped.Error, StringComparison.Ordinal);
        var kept = Directory.GetFiles(disk.In("run", "trials"), "*.json");
        Assert.NotEmpty(kept);
        Assert.Empty(Directory.GetFiles(disk.In("run", "trials"), "*.new"));
        var times = kept.Select(File.GetLastWriteTimeUtc).ToArray();

        disk.Free();
        var resumed = Tool.Run("resume", disk.In("run"), "--threads", "1");
        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        Assert.Equal(times, kept.Select(File.GetLastWriteTimeUtc));        // none was played again
    }

    [Fact]
    public void Begin_OnAFullDisk_IsOneMessageAndNoFolder()
    {
        using var disk = SmallDisk.TryMount(256);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        disk.Fill();

        foreach (var words in new[] { Training, ["run", "dhumbal", "--scale", "smoke"] })
        {
            var refused = Tool.Run([.. words, "--out", disk.In("run")]);

            Assert.Equal(ExitCode.UserMistake, refused.ExitCode);
            Assert.StartsWith("PIL0202", refused.Error, StringComparison.Ordinal);
            Assert.Contains("Free space", refused.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(disk.In("run")));
        }
    }

    private static string Hash(Answer answer) => ReportJson.Read(answer.Output, "output").ParameterHash!;
}
