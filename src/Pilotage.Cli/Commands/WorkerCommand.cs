using System.CommandLine;
using System.Net;
using System.Runtime.CompilerServices;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Workers;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Trials;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage worker</c>: lends this machine to a cluster.</summary>
internal static class WorkerCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var membership = Options.Text("--membership", "membership", "Where the cluster's machines find each other: redis or postgres, at the connection string in PILOTAGE_CLUSTER_CONNECTION.");
        var join = Options.Text("--join", "address", "Join the run that a --workers of this machine has begun, in the place of a membership.");
        var clusterName = Options.Text("--cluster-name", "name", "Which cluster of the membership. Without it, pilotage.");
        var name = Options.Text("--name", "name", "Name of this worker, unique in the cluster. Without it, machine and process.");
        var threads = Options.Text("--threads", "N", "Pieces of work at once. Without it, one for each core.");
        var host = Options.Text("--host", "address", "The address of this machine that the others reach. Without it, 127.0.0.1.");
        var port = Options.Text("--port", "N", "Port for other workers. Without it, any that is free.");
        var gateway = Options.Text("--gateway-port", "N", "Port for those who ask. Without it, any that is free.");
        var isPrivate = new Option<bool>("--private-network") { Description = "Speak in clear beyond this machine; only where nobody else can listen. Without it, PILOTAGE_CLUSTER_CERTIFICATE must name a certificate." };
        var untilInputEnds = new Option<bool>("--until-input-ends") { Description = "End with standard input, as a worker that another program has started." };
        var command = new Command("worker", "Lend this machine to a cluster until Ctrl-C.") { membership, join, clusterName, name, threads, host, port, gateway, isPrivate, untilInputEnds };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var (threadCount, siloPort, gatewayPort) = (given.Whole(threads, 1, 1024), given.Whole(port, 1, ushort.MaxValue), given.Whole(gateway, 1, ushort.MaxValue));
            var address = given.Address(host) ?? IPAddress.Loopback;
            var chosen = given.Word<ClusterMembership>(membership);
            EmbeddedAddress? first = null;
            if (parse.GetValue(join) is { } text && !EmbeddedAddress.TryParse(text, out first))
                given.Add(new("PIL0405", $"--join is \"{text}\". Allowed: address:port/name, as the run prints it.", "", ""));
            if (parse.GetValue(join) is null == (parse.GetValue(membership) is null))
                given.Add(new("PIL2113", "A worker needs a cluster: --membership redis, --membership postgres, or --join.", "", "Give one of them. For workers of a single run on this machine no worker need be started: pilotage run … --workers N."));
            var cluster = chosen is { } kept ? given.Try(() => ClusterAddress.FromEnvironment(kept, parse.GetValue(clusterName) ?? ClusterAddress.DefaultName)) : null;
            if (!IPAddress.IsLoopback(address) && !parse.GetValue(isPrivate) && Environment.GetEnvironmentVariable("PILOTAGE_CLUSTER_CERTIFICATE") is not { Length: > 0 })
                given.Add(new("PIL2112", $"--host {address} is reached from other machines, and what workers say would be readable and could be forged there.", "", "Let PILOTAGE_CLUSTER_CERTIFICATE name a certificate (docs/cluster.md), or say --private-network."));
            given.ThrowIfAny();
            return Run(terminal, [new SystemTrials(systems.All, devices), new ApplyTrials(systems.All, devices), new SweepTrials(SweepCommand.Finder(systems, devices))], first, cluster, parse.GetValue(untilInputEnds), (parse.GetValue(name), (int?)threadCount), new(address, (int)(siloPort ?? 0), (int)(gatewayPort ?? 0)));
        });
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(Terminal terminal, IReadOnlyList<ITrialProgram> trials, EmbeddedAddress? first, ClusterAddress? cluster, bool untilInputEnds, (string? Name, int? Threads) options, SiloPlace place)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(terminal.Interrupted);
        var printing = new Lock();
        var worker = new ClusterWorker { Version = ProgramVersion.Text, Trials = trials, Environments = InstalledEnvironments.All, Place = place, Tell = Tell, Lost = Lost };
        if (options.Name is { } name) worker = worker with { Name = name };
        if (options.Threads is { } threads) worker = worker with { Threads = threads };
        if (untilInputEnds)
        {
            // Whoever started it is gone, and its cluster with it: nobody is left to take leave of.
            worker = worker with { Grace = TimeSpan.Zero };
            new Thread(() =>
            {
                while (terminal.Input.ReadLine() is not null) { }
                stop.Cancel();
            })
            { IsBackground = true }.Start();
        }
        if (first is not null) worker.Run(first, stop.Token);
        else worker.Run(cluster!, stop.Token);
        return ExitCode.Ok;                                              // being interrupted is how a worker ends

        // From one of the silo's own threads, with nothing left that could take leave.
        void Lost()
        {
            terminal.Error.Write($"{new Mistake("PIL2116", "The other workers have taken this one for dead: it was not heard for too long, or cannot be spoken to.", "", "What it was computing is computed by others. Start it again.")}\n");
            terminal.Error.Flush();
            Environment.Exit(ExitCode.RunFailed);
        }

        void Tell(string line)
        {
            lock (printing)
            {
                terminal.Output.Write($"{line}\n");
                terminal.Output.Flush();
            }
        }
    }
}
