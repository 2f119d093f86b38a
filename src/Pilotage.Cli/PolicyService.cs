using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Cli;

/// <summary>Runs a policy service until it is interrupted. Apart from the command, so that the web server is loaded by those alone who serve.</summary>
internal static class PolicyService
{
    /// <summary>The web server's name and version. It comes with the runtime that this program asks for, so that it is there wherever the program starts.</summary>
    public static string WebServer
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => $"ASP.NET Core {typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}, for pilotage serve and dashboard";
    }

    /// <summary>Starts, tells where, waits for the interruption and lets running requests end.</summary>
    /// <exception cref="UserMistakeException">It cannot be started.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run(Terminal terminal, Func<ServingOptions, ServingOptions> options, string path)
    {
        var chosen = options(new ServingOptions { Path = path, Token = Environment.GetEnvironmentVariable(ServingOptions.TokenVariable) });
        Serve(terminal, chosen).GetAwaiter().GetResult();
        return ExitCode.Ok;                                              // being interrupted is how a service ends
    }

    private static async Task Serve(Terminal terminal, ServingOptions options)
    {
        await using var host = await ServingHost.StartAsync(options, logging => logging.AddProvider(new TerminalLogger(terminal)), terminal.Interrupted);
        var manifest = host.Policy.Manifest;
        terminal.Output.Write($"Serving {manifest.Source?.Algorithm ?? "a policy"} for {manifest.Environment.Name}, parameters {manifest.ParameterHash[..16]}…\n");
        terminal.Output.Write($"  HTTP  {host.Http}  act, act-batch, policy, health, metrics, openapi/v1.json\n");
        terminal.Output.Write($"  gRPC  {host.Grpc}  pilotage.serving.v1.PolicyService\n");
        terminal.Output.Write($"Callers {(string.IsNullOrEmpty(options.Token) ? "need no token" : $"send the token of {ServingOptions.TokenVariable}")}. Ctrl-C stops.\n");
        terminal.Output.Flush();

        var interrupted = new TaskCompletionSource();
        await using (terminal.Interrupted.Register(interrupted.SetResult)) await interrupted.Task;
        await host.StopAsync();
        terminal.Output.Write("Stopped.\n");
    }
}
