using System.Net;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board;

/// <summary>Where the dashboard listens, whose runs it shows and what starts new ones.</summary>
public sealed record DashboardOptions
{
    /// <summary>The environment variable that holds the token; the same as of <c>pilotage serve</c>.</summary>
    public const string TokenVariable = ServingOptions.TokenVariable;

    /// <summary>The folder of runs; may be absent until there is one.</summary>
    public string RunsFolder { get; init; } = "runs";

    /// <summary>The address to listen at. Anything but this machine's own loopback needs a <see cref="Token"/>.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Port, 0 to 65535; 0 takes any that is free.</summary>
    public int Port { get; init; } = 5210;

    /// <summary>What callers must show; <see langword="null"/> for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>The program that makes runs, with its first arguments; empty if the dashboard only shows.</summary>
    public IReadOnlyList<string> Tool { get; init; } = [];

    /// <summary>Runs that the dashboard has going at once, at least 1. More: each gets less of the machine.</summary>
    public int MostRunning { get; init; } = 8;

    /// <summary>How often runs that are at work, and the folder of runs itself, are looked at. Less: the disk is asked more often.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often every run is looked at, in case a finished one was changed by hand.</summary>
    public TimeSpan LookAtAllEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Refuses what cannot be served safely or at all.</summary>
    /// <exception cref="UserMistakeException">The host is open to others and there is no token (PIL1902), or the folder of runs is a file (PIL1903).</exception>
    internal void Check()
    {
        var problems = new List<string>();
        if (!IPAddress.IsLoopback(Host) && string.IsNullOrEmpty(Token))
        {
            problems.Add(new Mistake(
                "PIL1902", $"{Host} is open to other machines, and {TokenVariable} is not set.", "",
                $"Set {TokenVariable} to a secret that visitors are asked for, or listen at 127.0.0.1.").ToString());
        }
        if (File.Exists(RunsFolder)) problems.Add(new Mistake("PIL1903", $"{RunsFolder} is a file.", "", "Give a folder of runs with --runs.").ToString());
        UserMistakeException.ThrowIfAny(problems);
    }
}
