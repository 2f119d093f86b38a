using System.Net;

namespace Pilotage.Dashboard.Serving;

/// <summary>How a policy is served: where, to whom, and how much at once.</summary>
public sealed record ServingOptions
{
    /// <summary>The environment variable that holds the token.</summary>
    public const string TokenVariable = "PILOTAGE_TOKEN";

    /// <summary>A policy's folder, a run's folder, or a folder of runs: then the policy that was written last.</summary>
    public required string Path { get; init; }

    /// <summary>The address to listen at. Anything but this machine's own loopback needs a <see cref="Token"/>.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Port of HTTP, 0 to 65535; 0 takes any that is free.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Port of gRPC, 0 to 65535, another than <see cref="Port"/> unless both are 0: without encryption a port speaks one version of HTTP.</summary>
    public int GrpcPort { get; init; } = 5081;

    /// <summary>What callers must show as <c>Authorization: Bearer …</c>; <see langword="null"/> for nothing. Health is told without it.</summary>
    public string? Token { get; init; }

    /// <summary>Observations in one request, at least 1. More: longer turns on a core, so others wait.</summary>
    public int MaximumBatch { get; init; } = 1024;

    /// <summary>Bytes of one request's body, at least 1024.</summary>
    public int MaximumBodyBytes { get; init; } = 1 << 20;

    /// <summary>Requests that are computed at once, at least 1; usually one for each core.</summary>
    public int MaximumRunning { get; init; } = Environment.ProcessorCount;

    /// <summary>Requests that wait for their turn, at least 0; those beyond are told to come again later. More: longer waits before a caller learns of it.</summary>
    public int MaximumWaiting { get; init; } = 1024;

    /// <summary>Connections at once, at least 1; those beyond are closed. More: each may have a body under way, so memory up to as many times <see cref="MaximumBodyBytes"/>.</summary>
    public int MaximumConnections { get; init; } = 2048;

    /// <summary>How often the folder is looked at for a newer policy.</summary>
    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Refuses what cannot be served safely or at all.</summary>
    /// <exception cref="UserMistakeException">The host is open to others and there is no token (PIL1702), or the ports are the same (PIL1703).</exception>
    internal void Check()
    {
        var problems = new List<string>();
        if (!IPAddress.IsLoopback(Host) && string.IsNullOrEmpty(Token))
        {
            problems.Add(new Mistake(
                "PIL1702", $"{Host} is open to other machines, and {TokenVariable} is not set.", "",
                $"Set {TokenVariable} to a secret that callers send as \"Authorization: Bearer <secret>\", or serve at 127.0.0.1.").ToString());
        }
        if (Port == GrpcPort && Port != 0) problems.Add(new Mistake("PIL1703", $"Port {Port} is given to HTTP and to gRPC.", "", "Give each its own port.").ToString());
        UserMistakeException.ThrowIfAny(problems);
    }
}
