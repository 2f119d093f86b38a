using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Rollouts;
using Pilotage.Cluster.Trials;
using Pilotage.Cluster.Work;
using Pilotage.Environments;
using Pilotage.Lab.Trials;

namespace Pilotage.Cluster.Workers;

/// <summary>A process that computes a cluster's work: a silo, and threads beside it.</summary>
public sealed record ClusterWorker
{
    /// <summary>Of this program.</summary>
    public required string Version { get; init; }

    /// <summary>Unique in the cluster; without it, from machine and process.</summary>
    public string Name { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    /// <summary>Pieces of work at once, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where its silo listens.</summary>
    public SiloPlace Place { get; init; } = SiloPlace.Loopback;

    /// <summary>Understand the texts of trials.</summary>
    public required IReadOnlyList<ITrialProgram> Trials { get; init; }

    /// <summary>Environments whose rollouts it plays, by the folder of data that a training names.</summary>
    public required Func<string?, IReadOnlyList<EnvironmentEntry>> Environments { get; init; }

    /// <summary>How long things wait.</summary>
    public ClusterTimes Times { get; init; } = ClusterTimes.OfEnvironment();

    /// <summary>How long its silo may take to leave.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Is called if the other silos have declared this one dead: the process must end. Without it, Orleans ends it with a stack trace.</summary>
    public Action? Lost { get; init; }

    /// <summary>Is told a line now and then; from several threads.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Works in an embedded cluster until it is stopped.</summary>
    /// <param name="first">Its first silo.</param>
    /// <param name="stop">Gives the leases back and leaves.</param>
    /// <exception cref="UserMistakeException">A port is in use, or the cluster has another certificate or runs another version.</exception>
    /// <exception cref="RunFailedException">The cluster cannot be reached.</exception>
    public void Run(EmbeddedAddress first, CancellationToken stop) => Run($"the run at {first.Silo}", place => ClusterHost.JoinAsync(first, place, new(Version, Times), Lost, stop), stop);

    /// <summary>Works in a cluster until it is stopped.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="stop">Gives the leases back and leaves.</param>
    /// <exception cref="UserMistakeException">A port is in use, the membership cannot be reached, or the cluster has another certificate or runs another version.</exception>
    /// <exception cref="RunFailedException">The cluster cannot be reached.</exception>
    public void Run(ClusterAddress address, CancellationToken stop) => Run(address.ToString(), place => ClusterHost.StartSiloAsync(address, place, new(Version, Times), Lost, stop), stop);

    private void Run(string cluster, Func<SiloPlace, Task<IHost>> start, CancellationToken stop) => RunAsync(cluster, start, stop).GetAwaiter().GetResult();

    private async Task RunAsync(string cluster, Func<SiloPlace, Task<IHost>> start, CancellationToken stop)
    {
        IWorkProgram[] programs = [new TrialWork(Trials), new RolloutWork(Environments)];
        var place = Place.Resolve();
        IHost host;
        try
        {
            host = await start(place).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or OrleansLifecycleCanceledException)
        {
            if (stop.IsCancellationRequested) return;
            throw new RunFailedException(new Mistake("PIL2104", $"The silo of this worker could not join {cluster}: {failure.Message.ReplaceLineEndings(" ")}", "", "Start the worker again once the cluster can be reached.").ToString(), failure);
        }
        Tell($"{Name} joined {cluster}, version {Version}, {Threads} at once, silo {place.Address}:{place.Port}, gateway {place.GatewayPort}");
        var worker = new Worker(host.Services.GetRequiredService<IGrainFactory>(), new(Name, Version, Threads, [.. programs.Select(program => program.Kind)]), programs, Times, TimeProvider.System, Tell);
        try
        {
            await worker.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            await ClusterHost.StopAsync(host, Grace).ConfigureAwait(false);
            Tell($"{Name} left with {worker.Done} done");
        }
    }
}
