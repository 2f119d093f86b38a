using System.Globalization;
using Pilotage.Evaluation.Reports;
using Pilotage.Settings;

namespace Pilotage.Lab.Runs;

/// <summary>The command line that repeats a run.</summary>
public static class RepeatingCommand
{
    /// <summary>Names all that differs from what the command would take by itself.</summary>
    /// <param name="configuration">The run.</param>
    /// <param name="defaults">The settings record that the command begins with.</param>
    /// <returns>One line for a shell.</returns>
    public static string Of(RunConfiguration configuration, object defaults)
    {
        var header = configuration.Header;
        List<string> words = header.Command switch
        {
            RunCommand.Train => ["pilotage train", $"--algorithm {header.Algorithm}", $"--environment {header.Environment}"],
            RunCommand.Apply => [$"pilotage apply {header.System}", .. header.Inputs.Select(input => $"--input {Quoted(input)}")],
            RunCommand.Schedule => ["pilotage schedule", .. header.Inputs.Zip(["--jobs", "--machines", "--policy"], (input, option) => $"{option} {Quoted(input)}")],
            _ => [$"pilotage run {header.System}", $"--scale {Words.Of(header.Scale)}"],
        };
        if (header.SeedCount is { } seeds) words.Add(Text($"--seeds {seeds}"));
        if (header.Seed != 0) words.Add(Text($"--seed {header.Seed}"));
        if (header.Command == RunCommand.Train && header.EvaluationEpisodes != 100) words.Add(Text($"--evaluate-episodes {header.EvaluationEpisodes}"));
        if (header.Data is { } data) words.Add($"--data {Quoted(data)}");
        if (header.Device != "cpu") words.Add($"--device {header.Device}");
        var usual = SettingsText.Flatten(configuration.Schema, defaults).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (key, value) in SettingsText.Flatten(configuration.Schema, configuration.Settings))
        {
            if (usual.GetValueOrDefault(key) == value) continue;
            words.Add(header.Command == RunCommand.Train && key == "steps" ? $"--steps {value}" : $"--set {Quoted($"{key}={value}")}");
        }
        return string.Join(" ", words);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static string Quoted(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+".Contains(letter)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
