using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board;

namespace Pilotage.Cli;

/// <summary>Runs a dashboard until it is interrupted. Apart from the command, so that the web server is loaded by those alone who open one.</summary>
internal static class DashboardService
{
    /// <summary>Starts, tells where, waits for the interruption. Runs that were started go on.</summary>
    /// <exception cref="UserMistakeException">It cannot be started.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run(Terminal terminal, SystemCatalog systems, Func<DashboardOptions, DashboardOptions> options, bool isOpened)
    {
        var chosen = options(new DashboardOptions { Token = Environment.GetEnvironmentVariable(DashboardOptions.TokenVariable), Tool = Tool() });
        Show(terminal, systems, chosen, isOpened).GetAwaiter().GetResult();
        return ExitCode.Ok;                              // being interrupted is how a dashboard ends
    }

    private static async Task Show(Terminal terminal, SystemCatalog systems, DashboardOptions options, bool isOpened)
    {
        await using var host = await DashboardHost.StartAsync(options, systems.All, InstalledEnvironments.All(), logging => logging.AddProvider(new TerminalLogger(terminal)), terminal.Interrupted);
        terminal.Output.Write($"Dashboard of {options.RunsFolder} at {host.Address}\n");
        terminal.Output.Write($"Visitors {(string.IsNullOrEmpty(options.Token) ? "need no token" : $"are asked for the token of {DashboardOptions.TokenVariable}")}. Ctrl-C ends the dashboard; runs that it started go on.\n");
        terminal.Output.Flush();
        if (isOpened) Open(terminal, host.Address);

        var interrupted = new TaskCompletionSource();
        await using (terminal.Interrupted.Register(interrupted.SetResult)) await interrupted.Task;
        await host.StopAsync();
        terminal.Output.Write("Ended.\n");
    }

    // This program as it was started: by the dotnet host, or by its own executable.
    private static IReadOnlyList<string> Tool()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(DashboardService).Assembly.Location] : [program];
    }

    private static void Open(Terminal terminal, Uri address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            terminal.Error.WriteLine("There is no browser to open here; open the address above.");
        }
    }
}
