using Pilotage.Environments;
using Pilotage.Lab.Runs;
using Pilotage.Settings;

namespace Pilotage.Lab.Improvement;

/// <summary>Finds the folder of a run: the unfinished one of the same program and options, or a new one.</summary>
internal static class ImproveFolder
{
    // How many trainings run at once changes nothing; minutes have become steps by then, and steps are the run's own.
    private static readonly string[] NotCompared = ["threads"];

    /// <summary>Looks for an unfinished run to go on with.</summary>
    /// <param name="spec">The problem.</param>
    /// <param name="options">As the user gave them.</param>
    /// <param name="version">Program and its identity; another program's trials are not used.</param>
    /// <param name="path">The folder that the user named; <see langword="null"/> to look in <paramref name="runsFolder"/>.</param>
    /// <param name="runsFolder">Where runs are kept.</param>
    /// <returns>The folder and its options, the steps found earlier among them; <see langword="null"/> if there is none.</returns>
    public static (RunFolder Folder, ImproveOptions Options)? Find(EnvironmentSpec spec, ImproveOptions options, string version, string? path, string runsFolder)
    {
        IEnumerable<string> paths = path is not null ? [path] : Directory.Exists(runsFolder) ? Directory.EnumerateDirectories(runsFolder, "*-improve-*").OrderDescending(StringComparer.Ordinal) : [];
        foreach (var candidate in paths.Where(candidate => File.Exists(Path.Combine(candidate, "config.yaml"))))
        {
            try
            {
                var folder = RunFolder.Open(candidate);
                var header = folder.Header;
                if (folder.IsFinished || header.Command != RunCommand.Improve || header.Environment != spec.Name || header.Version != version) continue;
                var kept = (ImproveOptions)folder.Configuration(ImproveOptions.Schema).Settings;
                if (Same(options.Minutes is null ? options : options with { Steps = kept.Steps }, kept)) return (folder, kept with { Threads = options.Threads });
            }
            catch (UserMistakeException)
            {
                // Damaged or changed by hand: not a run to go on with, and none to write over.
            }
        }
        return null;
    }

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="spec">The problem.</param>
    /// <param name="options">Steps resolved.</param>
    /// <param name="version">Program and its identity.</param>
    /// <param name="path">The folder that the user named; <see langword="null"/> for a new one in <paramref name="runsFolder"/>.</param>
    /// <param name="runsFolder">Where runs are kept.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="UserMistakeException">It holds something else, or cannot be written.</exception>
    public static RunFolder Make(EnvironmentSpec spec, ImproveOptions options, string version, string? path, string runsFolder)
    {
        var header = new RunHeader { Command = RunCommand.Improve, Environment = spec.Name, Seed = options.Seed, SeedCount = options.Seeds, Version = version };
        return RunFolder.Create(new(header, ImproveOptions.Schema, options), path, TimeProvider.System, runsFolder);
    }

    /// <summary>All that trials depend on, beside the program itself.</summary>
    /// <param name="options">Steps resolved.</param>
    public static string Text(ImproveOptions options) =>
        string.Join(' ', SettingsText.Flatten(ImproveOptions.Schema, options).Where(pair => !NotCompared.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The command that repeats a run, in the program's own folder.</summary>
    /// <param name="options">Steps resolved: minutes have become steps, which repeat.</param>
    public static string Command(ImproveOptions options)
    {
        var usual = SettingsText.Flatten(ImproveOptions.Schema, new ImproveOptions()).ToDictionary(pair => pair.Key, pair => pair.Value);
        var given = SettingsText.Flatten(ImproveOptions.Schema, options with { Minutes = null, Threads = null }).Where(pair => usual[pair.Key] != pair.Value);
        return string.Join(' ', given.Select(pair => $"{pair.Key}={pair.Value.Replace(" ", "", StringComparison.Ordinal)}").Prepend("dotnet run --"));
    }

    private static bool Same(ImproveOptions a, ImproveOptions b) => Text(a) == Text(b);
}
