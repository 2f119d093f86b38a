using System.CommandLine;
using System.Runtime.CompilerServices;
using Pilotage.Cluster;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Processes;

namespace Pilotage.Cli;

/// <summary>Options of the commands whose work other processes or machines can do. Apart from them, so that what a cluster runs on is loaded by those alone who use one.</summary>
internal sealed class ClusterFlags
{
    private readonly Option<string?> _workers = Options.Text("--workers", "N", "Compute in so many processes of this machine, which are started, watched and ended; changes no result.");
    private readonly Option<string?> _cluster = Options.Text("--cluster", "membership", $"Compute on the workers of a cluster: redis or postgres, at the connection string in {ConnectionVariable}; changes no result.");
    private readonly Option<string?> _name = Options.Text("--cluster-name", "name", "Which cluster of that membership. Without it, pilotage.");

    // A constant of this assembly: help must not load the other one.
    private const string ConnectionVariable = "PILOTAGE_CLUSTER_CONNECTION";

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new[] { _workers, _cluster, _name }) command.Options.Add(option);
    }

    /// <summary>Whether workers were asked for.</summary>
    public bool IsUsed(ParseResult parse) => parse.GetValue(_workers) is not null || parse.GetValue(_cluster) is not null;

    /// <summary>Workers and threads of this process cannot both play.</summary>
    public void CheckApart(ParseResult parse, Given given, Option threads)
    {
        if (IsUsed(parse))
            given.Add(new("PIL2113", $"{threads.Name} plays rollouts on threads of this process, --workers and --cluster in others; both were given.", "", "Leave one out."));
    }

    /// <summary>Reads them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="given">Gathers the problems.</param>
    /// <returns>Opens the pool of workers that was asked for; gives <see langword="null"/> if none was.</returns>
    public Func<Terminal, ClusterPool?> Read(ParseResult parse, Given given)
    {
        if (parse.GetValue(_workers) is null && parse.GetValue(_cluster) is null)
        {
            if (parse.GetValue(_name) is not null) given.Add(new("PIL2113", "--cluster-name names a cluster, and --cluster is missing.", "", "Add --cluster redis or --cluster postgres, or leave it out."));
            return static _ => null;
        }
        if (parse.GetValue(_workers) is not null && parse.GetValue(_cluster) is not null)
            given.Add(new("PIL2113", "--workers starts processes here, --cluster uses those of a cluster; both were given.", "", "Leave one out."));
        var (workers, membership) = (given.Whole(_workers, 1, 256), given.Word<ClusterMembership>(_cluster));
        var address = membership is { } chosen ? given.Try(() => ClusterAddress.FromEnvironment(chosen, parse.GetValue(_name) ?? ClusterAddress.DefaultName)) : null;
        return terminal => address is null ? StartLocal((int)workers!.Value, terminal) : Connect(address, terminal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ClusterPool StartLocal(int workers, Terminal terminal)
    {
        var launch = WorkerLaunch.OfThisProgram(typeof(ClusterFlags).Assembly.Location);
        var pool = ClusterPool.StartLocal(workers, ProgramVersion.Text, launch, line => terminal.Error.WriteLine(line), cancellation: terminal.Interrupted);
        terminal.Error.WriteLine($"{workers} worker process{(workers == 1 ? "" : "es")} on this machine.");
        return pool;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ClusterPool Connect(ClusterAddress address, Terminal terminal)
    {
        var pool = ClusterPool.Connect(address, ProgramVersion.Text, cancellation: terminal.Interrupted);
        terminal.Error.WriteLine($"{pool.Workers} worker{(pool.Workers == 1 ? "" : "s")} of {address}.");
        return pool;
    }
}
