using System.Diagnostics;

namespace Pilotage.Cluster.Processes;

/// <summary>How another process of this program is started.</summary>
/// <param name="File">What is started.</param>
/// <param name="Arguments">What comes before the command's own arguments.</param>
public sealed record WorkerLaunch(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The program that runs, started once more: by itself, or by <c>dotnet</c> and its main file.</summary>
    /// <param name="main">The main file, such as <c>Pilotage.Cli.dll</c>.</param>
    /// <returns>How to start it.</returns>
    public static WorkerLaunch OfThisProgram(string main)
    {
        var process = Environment.ProcessPath;
        return process is not null && Path.GetFileNameWithoutExtension(process) == Path.GetFileNameWithoutExtension(main) ? new(process, []) : new(process is not null && Path.GetFileNameWithoutExtension(process) == "dotnet" ? process : "dotnet", [main]);
    }

    /// <summary>What starts a worker.</summary>
    /// <param name="arguments">Of the command <c>worker</c>.</param>
    /// <returns>With all three streams redirected: its input ends when this process does.</returns>
    internal ProcessStartInfo Start(IEnumerable<string> arguments) => new(File, [.. Arguments, "worker", .. arguments])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    };
}
