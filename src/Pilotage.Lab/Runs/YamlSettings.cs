using Pilotage.Settings;

namespace Pilotage.Lab.Runs;

/// <summary>Settings from a YAML file, for <c>--config</c>.</summary>
public static class YamlSettings
{
    internal const string RunSection = "run.";
    internal const string SettingsSection = "settings.";

    /// <summary>Reads a file of settings, or the settings of a run from its <c>config.yaml</c>.</summary>
    /// <param name="path">As the user gave it; messages name it so.</param>
    /// <returns>Its entries, with the line of each; what could not be read stands in the source's mistakes, to be told with all others.</returns>
    /// <remarks>A file whose keys all lie in <c>run:</c> and <c>settings:</c> is a run's: what it says of the run itself is left to the command line.</remarks>
    public static SettingSource Read(string path)
    {
        var (text, mistake) = ReadText(path);
        return mistake is { } problem ? new([]) { Mistakes = [problem] } : Parse(text!, path);
    }

    /// <summary>Reads settings from text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">Names the text in messages.</param>
    /// <returns>As <see cref="Read"/>.</returns>
    public static SettingSource Parse(string text, string name)
    {
        var source = YamlEntries.Read(text, name);
        return source.Entries.Any(entry => IsIn(entry, RunSection)) && source.Entries.All(entry => IsIn(entry, RunSection) || IsIn(entry, SettingsSection))
            ? Section(source, SettingsSection)
            : source;
    }

    /// <summary>The entries of a section, their keys without it; mistakes of the whole source.</summary>
    internal static SettingSource Section(SettingSource source, string section) =>
        source with { Entries = [.. source.Entries.Where(entry => IsIn(entry, section)).Select(entry => entry with { Key = entry.Key[section.Length..] })] };

    /// <summary>The text of a file, or why there is none.</summary>
    internal static (string? Text, Mistake? Mistake) ReadText(string path)
    {
        try
        {
            return (File.ReadAllText(path), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new("PIL0111", $"{path} does not exist.", "", "Give the path of a YAML file."));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            var reason = Directory.Exists(path) ? "it is a folder" : exception.Message.TrimEnd('.');
            return (null, new("PIL0111", $"{path} cannot be read: {reason}.", "", "Give the path of a readable YAML file."));
        }
    }

    private static bool IsIn(SettingEntry entry, string section) => entry.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase);
}
