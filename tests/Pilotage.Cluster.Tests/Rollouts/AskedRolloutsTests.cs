using System.Collections.Concurrent;
using Pilotage.Cluster.Rollouts;
using Pilotage.Cluster.Work;
using Pilotage.Environments;
using Pilotage.Lab.Rollouts;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Rollouts;

/// <summary>Trainings whose rollouts are played by workers on real silos of this process, with and without deaths.</summary>
public sealed class AskedRolloutsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Run_OnSeveralSilos_HasTheBitsOfOneThreadAndPullsWeightsOncePerVersion(int silos)
    {
        await using var cluster = await TestCluster.StartAsync(silos);
        var players = cluster.Silos.Select(silo => (silo, Player: new Watched())).ToList();
        foreach (var (silo, player) in players) _ = cluster.StartWorker(silo, silo.Name, TestCluster.Version, player);
        await using var asker = await cluster.AskAsync();
        var run = Training.Begin(_folder, "spread", new AskedRollouts(asker, silos));

        var report = await Task.Run(() => run.Run(progress: null, CancellationToken.None));

        Assert.Equal(Training.Hash, report.ParameterHash);
        Assert.Equal(new RolloutFigures(
            Sent: silos * Training.Rollouts, Used: silos * Training.Rollouts, Lost: 0, Repeated: 0, Late: 0,
            run.Rollouts!.WeightBytes, run.Rollouts.TaskBytes, run.Rollouts.ResultBytes), run.Rollouts);
        // Pieces carry no weights: each worker that played asks once for a version, and for the text with each piece, which it has kept.
        Assert.Equal(Training.Rollouts, players.SelectMany(pair => pair.Player.Versions).Distinct().Count());
        Assert.All(players, pair => Assert.Equal(pair.Player.Versions.Distinct().Count(), pair.Player.Versions.Count));
        Assert.Equal(silos * Training.Rollouts, players.Sum(pair => pair.Player.Pieces));
    }

    [Fact]
    public async Task Kill_OfAWorkersSiloAndOfTheCoordinators_ChangesNoBitAndUsesNoPieceTwice()
    {
        await using var cluster = await TestCluster.StartAsync(4);
        await using var asker = await cluster.AskAsync();
        var home = cluster.SiloOf(await cluster.Coordinator.Status());
        var mortal = cluster.Silos.First(silo => silo != home);
        // Each dies with a piece in hand, which is computed all the same: nobody may use it.
        foreach (var silo in cluster.Silos)
        {
            var last = silo == mortal ? 3 : silo == home ? 9 : int.MaxValue;
            _ = cluster.StartWorker(silo, silo.Name, TestCluster.Version, new Watched(piece =>
            {
                if (piece == last) cluster.KillAsync(silo).Wait();
            }));
        }
        var run = Training.Begin(_folder, "killed", new AskedRollouts(asker, 4));

        var report = await Task.Run(() => run.Run(progress: null, CancellationToken.None));

        Assert.Equal(Training.Hash, report.ParameterHash);
        Assert.Equal(2, cluster.Silos.Count);
        Assert.Equal(4 * Training.Rollouts, run.Rollouts!.Used);
        Assert.Equal((0, 0), (run.Rollouts.Repeated, run.Rollouts.Late));          // the asker takes each result once, before the ledger sees it
    }

    [Fact]
    public async Task Run_WhatAWorkerCannotPlay_IsTheTrainingsMistake()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        cluster.StartWorkers(new RolloutWork(_ => []));                            // a build without environments
        await using var asker = await cluster.AskAsync();
        var run = Training.Begin(_folder, "unknown", new AskedRollouts(asker, 1));

        var mistake = await Assert.ThrowsAsync<UserMistakeException>(() => Task.Run(() => run.Run(progress: null, CancellationToken.None)));

        Assert.Contains("Pendulum-v1", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ClusterThatIsClosedMeanwhile_FailsAndKeepsTheLastCheckpoint()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        cluster.StartWorkers(new RolloutWork(_ => EnvironmentCatalog.All));
        var asker = await cluster.AskAsync();
        var run = Training.Begin(_folder, "closed", new AskedRollouts(asker, 1));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => Task.Run(() => run.Run(Training.At((600, () => asker.DisposeAsync().AsTask().Wait())), CancellationToken.None)));

        Assert.Contains("The last good checkpoint is ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Training.Hash, Lab.TrainingRun.Resume(Lab.Runs.RunFolder.OpenForResume(_folder.In("closed"))).Run(progress: null, CancellationToken.None).ParameterHash);
    }

    /// <summary>Plays, and notes what was pulled.</summary>
    private sealed class Watched(Action<int>? before = null) : IWorkProgram
    {
        private readonly RolloutWork _work = new(_ => EnvironmentCatalog.All);
        private int _pieces;

        public string Kind => _work.Kind;

        public bool IsTold => false;

        public int Pieces => _pieces;

        public ConcurrentQueue<string> Versions { get; } = [];

        public byte[] Run(WorkInput input, CancellationToken cancellation)
        {
            var piece = Interlocked.Increment(ref _pieces);
            before?.Invoke(piece);
            return _work.Run(input with { Pull = Pull }, cancellation);

            byte[] Pull(string key)
            {
                if (key.Contains("/weights/", StringComparison.Ordinal)) Versions.Enqueue(key);
                return input.Pull(key);
            }
        }
    }
}
