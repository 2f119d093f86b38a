using System.Text;
using Pilotage.Cluster.Work;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests;

/// <summary>Askers, coordinator and workers on real silos of this process, with and without deaths.</summary>
public sealed class CoordinatorTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Run_OnSeveralSilos_GivesEachResultOnce(int silos)
    {
        await using var cluster = await TestCluster.StartAsync(silos);
        var program = new GatedProgram();
        cluster.StartWorkers(program);
        await using var asker = await cluster.AskAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => asker.RunAsync(GatedProgram.Task(number), CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => 2 * number), results.Select(GatedProgram.Read));
        Assert.All(program.Begun, pair => Assert.Equal(1, pair.Value));
        Assert.Equal(silos, (await cluster.Coordinator.Status()).Workers.Length);
    }

    [Fact]
    public async Task Run_WorkThatFails_TellsHowAndEndsNoWorker()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        cluster.StartWorkers(new GatedProgram());
        await using var asker = await cluster.AskAsync();
        await asker.ShareAsync("shared", "what all need"u8.ToArray());

        var results = new List<WorkResult>();
        foreach (var number in new[] { -1, -2, -3, -4, 5 }) results.Add(await asker.RunAsync(GatedProgram.Task(number), CancellationToken.None));

        Assert.Equal([Ending.UserMistake, Ending.RunFailed, Ending.Bug, Ending.Done, Ending.Done], results.Select(result => result.Ending));
        Assert.Equal(["one problem", "another"], results[0].Problems);
        Assert.Equal(["it is not finite"], results[1].Problems);
        Assert.Contains("GatedProgram.Run", results[2].Problems.Single(), StringComparison.Ordinal);
        Assert.Equal("what all need", Encoding.UTF8.GetString(results[3].Content));
        Assert.Equal(10, GatedProgram.Read(results[4]));
    }

    [Fact]
    public async Task Kill_OfTheCoordinatorsSilo_LosesNoResultAndTakesNoneTwice()
    {
        await using var cluster = await TestCluster.StartAsync(4);
        var program = new GatedProgram();
        // The coordinator's silo has no worker: all that is computed goes on through its death.
        await using var asker = await cluster.AskAsync();
        var before = await cluster.Coordinator.Status();
        var home = cluster.SiloOf(before);
        foreach (var silo in cluster.Silos.Where(silo => silo != home)) _ = cluster.StartWorker(silo, silo.Name, TestCluster.Version, program);
        var early = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => asker.RunAsync(GatedProgram.Task(number), CancellationToken.None)));
        program.Hold();
        var late = Enumerable.Range(10, 10).Select(number => asker.RunAsync(GatedProgram.Task(number), CancellationToken.None)).ToArray();
        await TestCluster.UntilAsync(() => Task.FromResult(program.Begun.Count == 13));

        await cluster.KillAsync(home);
        program.LetGo();
        var results = (await Task.WhenAll(late).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Concat(early);

        Assert.Equal(Enumerable.Range(0, 20).Select(number => 2 * number), results.Select(GatedProgram.Read).Order());
        Assert.All(program.Begun, pair => Assert.Equal(1, pair.Value));  // those under way were reported to the coordinator's next life
        Assert.NotEqual(before.Epoch, (await cluster.Coordinator.Status()).Epoch);
    }

    [Fact]
    public async Task Kill_OfAWorkersSilo_GivesItsWorkToAnother()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await using var asker = await cluster.AskAsync();
        var home = cluster.SiloOf(await cluster.Coordinator.Status());
        var victim = cluster.Silos.Single(silo => silo != home);
        var (mortal, other) = (new GatedProgram(), new GatedProgram());
        mortal.Hold();
        _ = cluster.StartWorker(victim, "mortal", TestCluster.Version, mortal);
        var work = asker.RunAsync(GatedProgram.Task(21), CancellationToken.None);
        await TestCluster.UntilAsync(() => Task.FromResult(mortal.Begun.Count == 1));

        await cluster.KillAsync(victim);
        _ = cluster.StartWorker(home, "other", TestCluster.Version, other);
        Assert.Equal(42, GatedProgram.Read(await work.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)));
        Assert.Equal(1, other.Begun[21]);
        mortal.LetGo();
    }

    [Fact]
    public async Task AnAskerThatIsKilled_HasItsWorkDropped()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var program = new GatedProgram();
        program.Hold();
        cluster.StartWorkers(program);
        // An asker that never collects: as one that was killed after it handed in.
        await cluster.Coordinator.Open("killed", TestCluster.Version);
        await cluster.Coordinator.Submit("killed", [GatedProgram.Task(1)], again: false);

        await TestCluster.UntilAsync(() => Task.FromResult(program.Dropped.Contains(1)));
        Assert.Equal(0, (await cluster.Coordinator.Status()).Jobs);
        program.LetGo();
        await using var next = await cluster.AskAsync("next");
        Assert.Equal(4, GatedProgram.Read(await next.RunAsync(GatedProgram.Task(2), CancellationToken.None)));
    }

    [Fact]
    public async Task Cancel_OfOnePiece_DropsItAtTheWorker()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var program = new GatedProgram();
        program.Hold();
        cluster.StartWorkers(program);
        await using var asker = await cluster.AskAsync();
        using var cancellation = new CancellationTokenSource();
        var work = asker.RunAsync(GatedProgram.Task(1), cancellation.Token);
        await TestCluster.UntilAsync(() => Task.FromResult(program.Begun.Count == 1));

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await TestCluster.UntilAsync(() => Task.FromResult(program.Dropped.Contains(1)));
        program.LetGo();
    }

    [Fact]
    public async Task AnotherVersion_IsRefusedAsWorkerAndAsAsker()
    {
        await using var cluster = await TestCluster.StartAsync(1);

        var worker = await Assert.ThrowsAsync<UserMistakeException>(() => cluster.StartWorker(cluster.Silos[0], "old", "1.2.2+old", new GatedProgram()));
        var asker = await Assert.ThrowsAsync<UserMistakeException>(() => cluster.AskAsync(version: "2.0.0+new"));

        Snapshot.Matches($"{worker.Message}\n{asker.Message}");
        Assert.Empty((await cluster.Coordinator.Status()).Workers);
    }

    [Fact]
    public async Task NoWorker_ForLongerThanThePatience_FailsTheRun()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var times = TestCluster.Times with { Patience = TimeSpan.FromSeconds(0.5) };
        await using var asker = await Asking.WorkAsker.OpenAsync(cluster.Client, "job", TestCluster.Version, times, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => asker.RunAsync(GatedProgram.Task(1), CancellationToken.None));
        Snapshot.Matches(failure.Message);
    }
}
