using Pilotage.Lab.Devices;

namespace Pilotage.Cli.Tests;

/// <summary>Runs the real command line in this process: 80 columns, no colour, nobody watching.</summary>
internal static class Tool
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">As typed.</param>
    /// <returns>Exit code and what was printed.</returns>
    public static Answer Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    /// <summary>Runs one command with a script in the place of a person.</summary>
    public static Answer RunWith(string script, params string[] arguments) => Run(arguments, new StringReader(script), CancellationToken.None);

    public static Answer Run(CancellationToken interrupted, params string[] arguments) => Run(arguments, TextReader.Null, interrupted);

    private static Answer Run(string[] arguments, TextReader input, CancellationToken interrupted)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        // Whether the plug-in happens to be built on this machine must not show in these tests.
        var devices = new DeviceCatalog(pluginFolder: "nowhere");
        var code = CommandLine.Run(arguments, new(output, error) { Interrupted = interrupted, Input = input }, new([new CoinSystem(), .. SystemCatalog.Installed.All]), devices);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>What a command gave.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error)
{
    /// <summary>Exit code and both streams as one text, for snapshots; a folder of this run is given a fixed name.</summary>
    public string Transcript(string? folder = null)
    {
        var text = $"exit {ExitCode}\n--- output\n{Output}--- error\n{Error}";
        return folder is null ? text : text.Replace(folder, "FOLDER", StringComparison.Ordinal);
    }
}
