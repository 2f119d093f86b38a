using System.Diagnostics;
using Pilotage.Cli;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Work;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Devices;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Processes;

/// <summary>The real tool, in this process or in one of its own.</summary>
internal static class Tool
{
    public static readonly string Main = Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll");

    /// <summary>A study of 27 trials.</summary>
    public static readonly string[] Study = ["run", "ofs", "--scale", "smoke", "--json"];

    private static readonly Lazy<string> Alone = new(() =>
    {
        using var folder = new TemporaryFolder();
        var answer = Run([.. Study, "--out", folder.In("run")]);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return Bits(answer.Output);
    });

    /// <summary>The study's report from this process alone.</summary>
    public static string Expected => Alone.Value;

    /// <summary>Runs a command in this process.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(arguments, new(output, TextWriter.Synchronized(error)), SystemCatalog.Installed, new DeviceCatalog(pluginFolder: "nowhere"));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Starts a command in a process of its own.</summary>
    /// <param name="connection">For the environment; <see langword="null"/> for none.</param>
    /// <param name="arguments">As typed.</param>
    public static Process Start(string? connection, params string[] arguments) => Start(connection, certificate: null, arguments);

    /// <summary>Starts a command in a process of its own that encrypts what it says to others.</summary>
    /// <param name="connection">For the environment; <see langword="null"/> for none.</param>
    /// <param name="certificate">The file that the environment names; <see langword="null"/> for none.</param>
    /// <param name="arguments">As typed.</param>
    public static Process Start(string? connection, string? certificate, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Main, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PILOTAGE_CLUSTER_CONNECTION"] = connection ?? "";
        start.Environment[ClusterCertificate.Variable] = certificate ?? "";
        start.Environment[ClusterTimes.LeaseVariable] = "3";
        return Process.Start(start)!;
    }

    /// <summary>Waits for a command to end.</summary>
    /// <returns>As <see cref="Run"/> does.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
    }

    /// <summary>A report without what differs between two runs of the same bits.</summary>
    public static string Bits(string json) => ReportJson.Write(ReportJson.Read(json, "output").WithoutCircumstances());

    /// <summary>How many trials a run has kept.</summary>
    public static int TrialsIn(string run) => Directory.Exists(Path.Combine(run, "trials")) ? Directory.GetFiles(Path.Combine(run, "trials"), "*.json").Length : 0;

    /// <summary>Reads lines until one holds a text.</summary>
    public static async Task<string> UntilAsync(StreamReader reader, string text)
    {
        var seen = "";
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            seen += line + "\n";
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        Assert.Fail($"'{text}' was not printed, but:\n{seen}");
        return "";
    }
}
