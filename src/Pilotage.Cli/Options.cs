using System.CommandLine;

namespace Pilotage.Cli;

/// <summary>Makes options. Each command gets its own: an option remembers the commands that it was added to.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Print the report alone, as JSON." };

    public static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
