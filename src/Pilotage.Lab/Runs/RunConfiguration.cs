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

    /// <summary>Reads what <see cref="ToYaml"/> wrote.</summary>
    /// <param name="text">The content of a <c>config.yaml</c>.</param>
    /// <param name="schemaOf">Gives the schema of the settings of what the header names.</param>
    /// <returns>The configuration, checked.</returns>
    /// <exception cref="UserMistakeException">The text was not written by this version, or was changed since.</exception>
    public static RunConfiguration Parse(string text, Func<RunHeader, SettingsSchema> schemaOf)
    {
        var source = YamlEntries.Read(text, RunFolder.ConfigurationName);
        var header = SettingsBinder.Bind<RunHeader>(RunHeader.Schema, YamlSettings.Section(source, YamlSettings.RunSection));
        var schema = schemaOf(header);
        return new(header, schema, SettingsBinder.Bind(schema, schema.Default, YamlSettings.Section(source, YamlSettings.SettingsSection)));
    }
}
