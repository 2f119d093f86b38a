using System.CommandLine;
using Pilotage.Lab.Runs;
using Pilotage.Settings;

namespace Pilotage.Cli;

/// <summary>What a sweep takes on the command line, or from a file of the same words.</summary>
internal sealed class SweepFlags
{
    private const string VarySection = "vary.", SettingsSection = "settings.";

    // Words of a sweep file that are no settings of the sweep itself.
    private static readonly string[] Heads = ["system", "algorithm", "environment", "scale", "seed", "data", "device", "plain"];

    public Argument<string?> System { get; } = new("system") { HelpName = "system", Arity = ArgumentArity.ZeroOrOne, Description = "A system whose arm is tuned. Without it, name --algorithm and --environment." };

    public Option<string?> Algorithm { get; } = new("--algorithm", "-a") { HelpName = "name", Description = "The learner that is tuned; pilotage list algorithms shows them." };

    public Option<string?> Environment { get; } = new("--environment", "-e") { HelpName = "name", Description = "What it learns; pilotage list environments shows." };

    public Option<string[]> Vary { get; } = new("--vary") { HelpName = "key=range", Arity = ArgumentArity.OneOrMore, Description = "What is varied; many times: learningRate=1e-4..1e-2:log, epochs=2..10, epochs=2,4,8. A number behind a range, :log:5, is that of its points on a grid." };

    public Option<string?> Method { get; } = Options.Text("--method", "method", "grid, random, halving or bayesian. Without it, bayesian.");

    public Option<string?> Trials { get; } = Options.Text("--trials", "N", "Budget of the search in whole trainings per seed, the default among them. Without it, the whole grid, or 24.");

    public Option<string?> TuningSeeds { get; } = Options.Text("--tuning-seeds", "N", "Seeds that each candidate is tried on. Without it, 3.");

    public Option<string?> TestSeeds { get; } = Options.Text("--test-seeds", "N", "Seeds of the verdict, drawn after the choice. Without it, 10.");

    public Option<string?> Episodes { get; } = Options.Text("--episodes", "N", "Episodes that judge a trained policy. Without it, 50.");

    public Option<string?> Arm { get; } = Options.Text("--arm", "name", "The arm of the system's study that is tuned.");

    public Option<string?> Metric { get; } = Options.Text("--metric", "name", "The metric that decides. Without it, the study's first.");

    public Option<string?> Rule { get; } = Options.Text("--rule", "name", "The arm that decides today. Without it, the study's reference arm.");

    public Option<string?> Instances { get; } = Options.Text("--instances", "use", "split: the tuner sees half of the instances; fresh: each seed draws its own. Without it, as the study looks.");

    public Option<string?> Budget { get; } = Options.Text("--budget", "key", "Halving: the setting that is the budget of a trial. Without it, steps.");

    public Option<string?> Eta { get; } = Options.Text("--eta", "N", "Halving: one candidate in N goes on, on N times the budget. Without it, 3.");

    public Option<string?> Rounds { get; } = Options.Text("--rounds", "N", "Halving: rounds. Without it, 3.");

    public Option<string?> Batch { get; } = Options.Text("--batch", "N", "Bayesian: candidates chosen at once. Without it, 1.");

    public Option<string?> Scale { get; } = Options.Text("--scale", "scale", "Of a system's trials: smoke, laptop or paper. Without it, laptop.");

    public Option<bool> Plain { get; } = new("--plain") { Description = "Start from the algorithm's plain defaults and not from those that the environment is known to need." };

    public Option<string?> Config { get; } = Options.Text("--config", "file", "All of this from a YAML file: algorithm, environment, vary, settings, method and so on; the command line wins.");

    public Option<string[]> Set { get; } = new("--set") { HelpName = "key=value", Description = "Change one setting that all candidates start from; may be given many times.", Arity = ArgumentArity.OneOrMore };

    /// <summary>Options that are settings of the sweep.</summary>
    private IEnumerable<(string Key, Option<string?> Option)> Own =>
    [
        ("method", Method), ("trials", Trials), ("tuningSeeds", TuningSeeds), ("testSeeds", TestSeeds), ("episodes", Episodes), ("arm", Arm), ("metric", Metric), ("rule", Rule), ("instances", Instances),
        ("budget", Budget), ("eta", Eta), ("rounds", Rounds), ("batch", Batch),
    ];

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(System);
        foreach (var option in new Option[] { Algorithm, Environment, Vary }.Concat(Own.Select(one => one.Option)).Concat([Scale, Plain, Config, Set])) command.Options.Add(option);
    }

    /// <summary>Reads the sweep file.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Its entries; none without a file.</returns>
    public SettingSource File(ParseResult parse) => parse.GetValue(Config) is { } path ? YamlSettings.Read(path) : new([]);

    /// <summary>A word of the command line, or of the file.</summary>
    public static string? Head(SettingSource file, string key) => file.Entries.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase))?.Text;

    /// <summary>The sweep's own settings: file first, then the command line.</summary>
    public IReadOnlyList<SettingSource> Sweep(ParseResult parse, SettingSource file)
    {
        var own = new SettingSource([.. file.Entries.Where(entry => !IsIn(entry, VarySection) && !IsIn(entry, SettingsSection) && !Heads.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))]);
        var ranges = new SettingEntry("vary", null, "--vary") { Items = Ranges(parse, file) };
        var flags = Own.Where(one => parse.GetValue(one.Option) is not null).Select(one => new SettingEntry(one.Key, parse.GetValue(one.Option), $"{one.Option.Name} {parse.GetValue(one.Option)}"));
        return [own, new([ranges, .. flags])];
    }

    /// <summary>What is varied, each as <c>key=range</c>: the file's keys that the command line does not name, then the command line's.</summary>
    public IReadOnlyList<string> Ranges(ParseResult parse, SettingSource file)
    {
        var vary = parse.GetValue(Vary) ?? [];
        var varied = file.Entries.Where(entry => IsIn(entry, VarySection)).Select(entry => $"{entry.Key[VarySection.Length..]}={(entry.Items is { } items ? string.Join(",", items) : entry.Text)}")
            .Where(range => vary.All(own => KeyOf(own) != KeyOf(range)));
        return [.. varied, .. vary];
    }

    /// <summary>What all candidates start from: file first, then the command line.</summary>
    public IReadOnlyList<SettingSource> Start(ParseResult parse, SettingSource file)
    {
        var settings = new SettingSource([.. file.Entries.Where(entry => IsIn(entry, SettingsSection)).Select(entry => entry with { Key = entry.Key[SettingsSection.Length..] })]);
        return [settings, SettingSource.FromAssignments(parse.GetValue(Set) ?? [])];
    }

    private static string KeyOf(string range) => range.Split('=')[0].Trim().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static bool IsIn(SettingEntry entry, string section) => entry.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase);
}
