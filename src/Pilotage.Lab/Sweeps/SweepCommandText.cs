using Pilotage.Algorithms;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>The command line that repeats a sweep.</summary>
internal static class SweepCommandText
{
    // Options that the command line has for settings of the sweep; vary has its own form.
    private static readonly Dictionary<string, string> Options = new()
    {
        ["method"] = "--method", ["trials"] = "--trials", ["tuningSeeds"] = "--tuning-seeds", ["testSeeds"] = "--test-seeds", ["episodes"] = "--episodes", ["arm"] = "--arm", ["metric"] = "--metric",
        ["rule"] = "--rule", ["instances"] = "--instances", ["budget"] = "--budget", ["eta"] = "--eta", ["rounds"] = "--rounds", ["batch"] = "--batch",
    };

    /// <summary>Names all that differs from what the command would take by itself.</summary>
    /// <param name="configuration">The run.</param>
    /// <returns>One line for a shell.</returns>
    public static string Of(RunConfiguration configuration)
    {
        var (header, record) = (configuration.Header, (SweepRecord)configuration.Settings);
        var schema = SweepRecord.TargetOf(configuration.Schema);
        List<string> words = header.System is { } system ? ["pilotage sweep", system, $"--scale {Words.Of(header.Scale)}"] : ["pilotage sweep", $"--algorithm {header.Algorithm}", $"--environment {header.Environment}"];
        words.AddRange(record.Sweep.Vary.Select(range => $"--vary {RepeatingCommand.Quoted(range)}"));
        var usual = SettingsText.Flatten(SweepSettings.Schema, new SweepSettings()).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (key, value) in SettingsText.Flatten(SweepSettings.Schema, record.Sweep))
            if (Options.TryGetValue(key, out var option) && (usual[key] != value || key == "method")) words.Add($"{option} {RepeatingCommand.Quoted(value.Trim('"'))}");
        words.AddRange(Changes(schema, record.Start, header));
        if (header.Seed != 0) words.Add(FormattableString.Invariant($"--seed {header.Seed}"));
        if (header.Data is { } data) words.Add($"--data {RepeatingCommand.Quoted(data)}");
        if (header.Device != "cpu") words.Add($"--device {header.Device}");
        return string.Join(" ", words);
    }

    // From the environment's own defaults or from the algorithm's plain ones, whichever needs fewer words.
    private static List<string> Changes(SettingsSchema schema, object start, RunHeader header)
    {
        var plain = Differences(schema, start, schema.Default);
        if (header.System is not null) return plain;
        var own = Differences(schema, start, AlgorithmCatalog.Find(header.Algorithm!).DefaultsFor(header.Environment!));
        return own.Count <= plain.Count ? own : ["--plain", .. plain];
    }

    private static List<string> Differences(SettingsSchema schema, object settings, object from)
    {
        var usual = SettingsText.Flatten(schema, from).ToDictionary(pair => pair.Key, pair => pair.Value);
        return [.. SettingsText.Flatten(schema, settings).Where(pair => usual[pair.Key] != pair.Value).Select(pair => $"--set {RepeatingCommand.Quoted($"{pair.Key}={pair.Value}")}")];
    }
}
