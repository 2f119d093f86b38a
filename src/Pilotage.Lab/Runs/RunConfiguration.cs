using System.Security.Cryptography;
using System.Text;
using Pilotage.Settings;

namespace Pilotage.Lab.Runs;

/// <summary>A run and its resolved settings: enough to repeat it.</summary>
/// <param name="Header">What is run.</param>
/// <param name="Schema">Schema of the settings.</param>
/// <param name="Settings">The settings record, all values resolved.</param>
public sealed record RunConfiguration(RunHeader Header, SettingsSchema Schema, object Settings)
{
    // A newer program may resume an older run, data may lie elsewhere on another machine, and when a checkpoint is taken changes nothing of what is learned.
    private static readonly string[] NotHashed = ["version", "data", "checkpointEvery"];

    /// <summary>SHA-256, in lower-case hexadecimal, of all that decides the bits of the run: header and settings without version, data folder and checkpoint period.</summary>
    public string Hash
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (key, value) in SettingsText.Flatten(RunHeader.Schema, Header).Where(pair => !NotHashed.Contains(pair.Key)))
                text.Append($"run.{key}={value}\n");
            foreach (var (key, value) in SettingsText.Flatten(Schema, Settings)) text.Append($"settings.{key}={value}\n");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>The content of <c>config.yaml</c>: two commented sections, <c>run</c> and <c>settings</c>.</summary>
    /// <returns>Lines ending in line feeds.</returns>
    public string ToYaml() =>
        "# All that this run was made from. Repeat it with the same command, or go on with: pilotage resume\n"
        + $"run:\n{SettingsText.ToYaml(RunHeader.Schema, Header, indent: 2)}"
        + (Schema.Fields.Count > 0 ? $"\nsettings:\n{SettingsText.ToYaml(Schema, Settings, indent: 2)}" : "");
}
