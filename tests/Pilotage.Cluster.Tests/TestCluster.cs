using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using Pilotage.Cluster.Asking;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Work;
using Pilotage.Cluster.Workers;
using Xunit;

namespace Pilotage.Cluster.Tests;

/// <summary>Silos in this process with a worker on each, and short times.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    /// <summary>Long enough for a busy machine, short enough for a test.</summary>
    public static readonly ClusterTimes Times = new()
    {
        Renewal = TimeSpan.FromMilliseconds(200), Lease = TimeSpan.FromSeconds(2), Asker = TimeSpan.FromSeconds(2), Poll = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(30),
        Probe = TimeSpan.FromMilliseconds(500),
    };

    public const string Version = "1.2.3+abc";

    private readonly InProcessTestCluster _cluster;
    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Work)> _workers = [];

    private TestCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos];

    public ICoordinator Coordinator => Client.GetGrain<ICoordinator>(ICoordinator.Key);

    public static async Task<TestCluster> StartAsync(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            ClusterHost.Serve(silo, new(Version, Times));
            silo.Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (Times.Probe, 2, 1));
        });
        builder.ConfigureClient(client => ClusterHost.Ask(client, Times));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    /// <summary>Starts a worker on each silo.</summary>
    public void StartWorkers(params IWorkProgram[] programs)
    {
        foreach (var silo in _cluster.Silos) StartWorker(silo, silo.Name, Version, programs);
    }

    public Task StartWorker(InProcessSiloHandle silo, string name, string version, params IWorkProgram[] programs)
    {
        var worker = new Worker(silo.ServiceProvider.GetRequiredService<IGrainFactory>(), new(name, version, 1, [.. programs.Select(program => program.Kind)]), programs, Times, TimeProvider.System, _ => { });
        var stop = new CancellationTokenSource();
        var work = Task.Run(() => worker.RunAsync(stop.Token));
        _workers.Add(name, (stop, work));
        return work;
    }

    public Task<WorkAsker> AskAsync(string job = "job", string version = Version) => WorkAsker.OpenAsync(Client, job, version, Times, TimeProvider.System);

    /// <summary>Ends a silo and its worker without a word.</summary>
    public async Task KillAsync(InProcessSiloHandle silo) => await _cluster.KillSiloAsync(silo);

    public InProcessSiloHandle SiloOf(ClusterStatus status) => _cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() == status.Silo);

    public async ValueTask DisposeAsync()
    {
        foreach (var (stop, _) in _workers.Values) await stop.CancelAsync();
        // Those of silos that were killed end in whatever way they can.
        foreach (var (_, work) in _workers.Values) await work.WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cluster.DisposeAsync();
    }

    /// <summary>Waits for what must come.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));          // for machines that are busy
        while (!await isReached())
        {
            Assert.False(patience.IsCancellationRequested, "What must come did not come in two minutes.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
