using System.CommandLine;

namespace Pilotage.Cli;

/// <summary>The options that several commands have. Made anew for each command: an option remembers its commands.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Print the report alone, as JSON." };

    public static Option<string[]> Set() =>
        new("--set") { HelpName = "key=value", Description = "Change one setting; may be given many times.", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> Config() => Text("--config", "file", "Settings from a YAML file; --set wins over it.");

    public static Option<string?> Data() => Text("--data", "folder", "Folder of public data sets. Without it, data are generated.");

    public static Option<string?> Out() => Text("--out", "folder", "The run folder itself. Without it, a new one in runs/.");

    public static Option<string?> Device() => Text("--device", "device", "Where to compute: cpu.");

    public static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
