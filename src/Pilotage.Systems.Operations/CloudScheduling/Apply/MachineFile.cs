namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Machines as CSV: name,cores,memory,speed and maybe idle_watts,full_watts,price_per_hour.</summary>
internal static class MachineFile
{
    private static readonly string[] Needed = ["name", "cores", "memory", "speed"], Known = ["idle_watts", "full_watts", "price_per_hour"];

    /// <summary>Whether a file looks like machines.</summary>
    public static bool Is(string path) => TableFile.HeaderOf(path) is var header && header.Contains("speed") && !header.Contains("work");

    /// <summary>Reads machines.</summary>
    /// <param name="path">The file; exists.</param>
    /// <param name="problems">Receives what is wrong with the file.</param>
    public static IReadOnlyList<Machine> Read(string path, List<string> problems) =>
    [
        .. TableFile.Read(path, Needed, Known, problems).Rows.Select(row => new Machine(
            row.Cell("name"), row.Number("cores", double.NaN, problems), row.Number("memory", double.NaN, problems), row.Number("speed", double.NaN, problems),
            row.Number("idle_watts", 100, problems), row.Number("full_watts", Math.Max(200, row.Number("idle_watts", 100, [])), problems), row.Number("price_per_hour", 0, problems))),
    ];
}
