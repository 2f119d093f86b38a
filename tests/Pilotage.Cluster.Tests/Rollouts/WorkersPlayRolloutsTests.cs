using System.Diagnostics;
using Pilotage.Cli;
using Pilotage.Cluster.Tests.Processes;
using Pilotage.Cluster.Work;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Rollouts;

/// <summary><c>pilotage train --workers</c>: real processes, some of which are killed.</summary>
public sealed class WorkersPlayRolloutsTests : IDisposable
{
    private static readonly string[] Train =
    [
        "train", "-a", "a2c", "-e", "CartPole-v1", "--steps", "2000", "--set", "environmentCount=4", "--set", "horizon=16", "--set", "hidden=[8]", "--evaluate-episodes", "1", "--json",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_ByTwoProcesses_GivesTheSameReportBitForBitAndMayGoOnAlone()
    {
        var alone = Tool.Run([.. Train, "--out", _folder.In("alone")]);
        var spread = Tool.Run([.. Train, "--out", _folder.In("spread"), "--workers", "2"]);

        Assert.Equal((0, 0), (alone.ExitCode, spread.ExitCode));
        Assert.StartsWith("2 worker processes on this machine.\n", spread.Error, StringComparison.Ordinal);
        Assert.Equal(Tool.Bits(alone.Output), Tool.Bits(spread.Output));
        Assert.Equal(File.ReadAllText(_folder.In("alone/metrics.jsonl")), File.ReadAllText(_folder.In("spread/metrics.jsonl")));
        File.Delete(_folder.In("spread/report.json"));
        Assert.Equal(Tool.Bits(alone.Output), Tool.Bits(Tool.Run("resume", _folder.In("spread"), "--json").Output));
    }

    [Fact]
    public async Task Kill_OfPlayersInMidRun_ReplacesThemAndChangesNoBit()
    {
        var told = new List<string>();
        using var pool = ClusterPool.StartLocal(2, ProgramVersion.Text, new("dotnet", [Tool.Main]), line => { lock (told) told.Add(line); });
        var first = pool.Processes;
        var coordinator = pool.Grains.GetGrain<ICoordinator>(ICoordinator.Key);
        const int Horizon = 512;                                         // pieces of some milliseconds
        var expected = Training.Begin(_folder, "alone", pool: null, Horizon).Run(progress: null, CancellationToken.None);
        var run = Training.Begin(_folder, "killed", pool.Rollouts, Horizon);
        var kills = new List<Task>();

        var report = await Task.Run(() => run.Run(Training.At((3 * 4 * Horizon, KillSoon), (9 * 4 * Horizon, KillSoon)), CancellationToken.None));

        Assert.Equal(expected.ParameterHash, report.ParameterHash);
        Assert.Equal(2 * Training.Rollouts, run.Rollouts!.Used);
        Assert.Equal(2, kills.Count);
        await Task.WhenAll(kills);
        await TestCluster.UntilAsync(() => Task.FromResult(Deaths() == 2));
        Assert.NotEmpty(first.Values.Except(pool.Processes.Values));

        int Deaths()
        {
            lock (told) return told.Count(line => line.StartsWith("A worker died: exit code 137", StringComparison.Ordinal));
        }

        void KillSoon() => kills.Add(Task.Run(async () =>
        {
            while ((await coordinator.Status()).Leased == 0) { }         // in the middle of the next rollout
            using var victim = Process.GetProcessById(pool.Processes.Values.First());
            victim.Kill();                                               // SIGKILL: no word to anyone
        }, CancellationToken.None));
    }

    [Fact]
    public void Train_ByWorkersAndThreads_IsRefusedBeforeAnythingStarts()
    {
        var answer = Tool.Run([.. Train, "--out", _folder.In("both"), "--workers", "2", "--rollout-threads", "2"]);

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.StartsWith("PIL2113  --rollout-threads plays rollouts on threads of this process", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("both")));
    }

    [Fact]
    public void Train_LearnerWithoutRollouts_IsRefusedBeforeAnythingStarts()
    {
        var answer = Tool.Run("train", "-a", "sac", "-e", "Pendulum-v1", "--out", _folder.In("sac"), "--workers", "2");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.StartsWith("PIL0216  sac", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("sac")));
    }
}
