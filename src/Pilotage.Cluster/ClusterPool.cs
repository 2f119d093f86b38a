using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pilotage.Cluster.Asking;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Processes;
using Pilotage.Cluster.Rollouts;
using Pilotage.Cluster.Trials;
using Pilotage.Cluster.Work;
using Pilotage.Evaluation;
using Pilotage.Lab.Rollouts;
using Pilotage.Lab.Trials;

namespace Pilotage.Cluster;

/// <summary>A cluster's workers, as the one who asks sees them: processes of this machine that are started and ended with it, or those of a cluster that runs already.</summary>
/// <remarks>Where a trial is computed changes no measurement, so a run with a pool gives the same bits as one without. Thread-safe.</remarks>
public sealed class ClusterPool : ITrialPool, IDisposable
{
    // Of a cluster that grows while a run is under way, so many more slots can be used.
    private const int LeastSlots = 16, MostSlots = 256;

    private readonly IHost _host;
    private readonly WorkerProcesses? _processes;
    private bool _isDisposed;

    private ClusterPool(IHost host, WorkAsker asker, WorkerProcesses? processes, int workers, int threads, int slots) =>
        (_host, Asker, _processes, Workers, Threads, Slots) = (host, asker, processes, workers, threads, slots);

    /// <inheritdoc/>
    public int Slots { get; }

    /// <summary>Trials that those workers compute at once.</summary>
    public int Threads { get; }

    /// <summary>Worker processes that were there when the pool was made.</summary>
    public int Workers { get; }

    /// <summary>Asks for work of any kind.</summary>
    internal WorkAsker Asker { get; }

    /// <summary>The worker processes of this machine that run, by name; empty for a cluster that ran already.</summary>
    internal IReadOnlyDictionary<string, int> Processes => _processes?.Running ?? new Dictionary<string, int>();

    /// <summary>Where more workers may join; <see langword="null"/> for a cluster that ran already.</summary>
    public EmbeddedAddress? Address { get; private init; }

    /// <summary>The cluster.</summary>
    internal IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Hosts a cluster's first silo in this process and starts workers that join it, on loopback.</summary>
    /// <param name="workers">How many processes, at least 1; each computes one trial at a time.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="launch">How a worker is started.</param>
    /// <param name="tell">Is told a line when a worker dies; from several threads.</param>
    /// <param name="times">How long things wait; <see langword="null"/> for those of the environment.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <returns>The pool; dispose it to end its workers.</returns>
    /// <exception cref="UserMistakeException">The program cannot be started.</exception>
    public static ClusterPool StartLocal(int workers, string version, WorkerLaunch launch, Action<string> tell, ClusterTimes? times = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return StartLocalAsync(workers, version, launch, tell, times ?? ClusterTimes.OfEnvironment(), cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Asks a cluster that runs already.</summary>
    /// <param name="address">Which.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="times">How long things wait; <see langword="null"/> for those of the environment.</param>
    /// <param name="cancellation">Stops connecting.</param>
    /// <returns>The pool; disposing it leaves the cluster as it is.</returns>
    /// <exception cref="UserMistakeException">It cannot be reached, or runs another version.</exception>
    public static ClusterPool Connect(ClusterAddress address, string version, ClusterTimes? times = null, CancellationToken cancellation = default) =>
        ConnectAsync(address, version, times ?? ClusterTimes.OfEnvironment(), cancellation).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ITrialRunner Runner(string kind, string text) => new AskedTrials(Asker, kind, text);

    /// <summary>Plays the rollouts of trainings: one piece of a rollout for each worker thread.</summary>
    public IRolloutPool Rollouts => new AskedRollouts(Asker, Math.Max(1, Slots / 2));      // slots are twice the threads

    /// <summary>Ends the job, and the workers that were started with the pool.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        CloseAsync().GetAwaiter().GetResult();

        async Task CloseAsync()
        {
            await Asker.DisposeAsync();
            if (_processes is not null) await _processes.DisposeAsync();
            // A first silo that nobody is left to talk to need not take leave.
            await ClusterHost.StopAsync(_host, _processes is null ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
        }
    }

    private static async Task<ClusterPool> StartLocalAsync(int workers, string version, WorkerLaunch launch, Action<string> tell, ClusterTimes times, CancellationToken cancellation)
    {
        var place = SiloPlace.Loopback.Resolve();
        var name = string.Create(CultureInfo.InvariantCulture, $"embedded-{Environment.ProcessId}");
        var host = await ClusterHost.StartFirstAsync(name, place, new(version, times), cancellation).ConfigureAwait(false);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        // Before any worker is there: so the coordinator comes to live in this process.
        var asker = await WorkAsker.OpenAsync(grains, name, version, times, TimeProvider.System).ConfigureAwait(false);
        var address = new EmbeddedAddress(new IPEndPoint(place.Address, place.Port), name);
        var coordinator = grains.GetGrain<ICoordinator>(ICoordinator.Key);
        var processes = new WorkerProcesses(
            worker => launch.Start(["--join", address.ToString(), "--name", worker, "--threads", "1", "--until-input-ends"]), coordinator.Leave, () => asker.Finished, tell, TimeProvider.System);
        // Twice the workers: the next trial is always there when one ends.
        var pool = new ClusterPool(host, asker, processes, workers, workers, 2 * workers) { Address = address };
        try
        {
            processes.Start(workers, asker.Fail);
            return pool;
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    private static async Task<ClusterPool> ConnectAsync(ClusterAddress address, string version, ClusterTimes times, CancellationToken cancellation)
    {
        var host = await ClusterHost.StartClientAsync(address, times, cancellation).ConfigureAwait(false);
        try
        {
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            var job = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{TimeProvider.System.GetTimestamp()}");
            var asker = await WorkAsker.OpenAsync(grains, job, version, times, TimeProvider.System).ConfigureAwait(false);
            var status = await grains.GetGrain<ICoordinator>(ICoordinator.Key).Status().ConfigureAwait(false);
            var threads = status.Workers.Sum(worker => worker.Slots);
            return new(host, asker, processes: null, status.Workers.Length, threads, Math.Clamp(2 * threads, LeastSlots, MostSlots));
        }
        catch
        {
            await ClusterHost.StopAsync(host, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            throw;
        }
    }
}
