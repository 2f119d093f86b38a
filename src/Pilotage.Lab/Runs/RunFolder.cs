using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pilotage.Evaluation.Reports;
using Pilotage.Settings;

namespace Pilotage.Lab.Runs;

/// <summary>The folder of one run: <c>config.yaml</c>, <c>report.json</c>, <c>metrics.jsonl</c>, <c>checkpoints/</c> or <c>trials/</c>.</summary>
/// <remarks>A folder with a <c>config.yaml</c> of ours is a run; one with a <c>report.json</c> as well is finished. Nothing finished or resumable is ever written over.</remarks>
public sealed class RunFolder
{
    internal const string ConfigurationName = "config.yaml";

    /// <summary>What a run printed, where the dashboard started it.</summary>
    public const string LogName = "log.txt";

    private const string GiveARun = "Give the folder of a run, such as one in runs/.";
    private const int IdDigits = 6;
    private readonly SettingSource _source;

    private RunFolder(string path, RunHeader header, SettingSource source)
    {
        Path = path;
        Header = header;
        _source = source;
    }

    /// <summary>The folder, as it was given.</summary>
    public string Path { get; }

    /// <summary>What is run.</summary>
    public RunHeader Header { get; }

    /// <summary>The resolved configuration.</summary>
    public string ConfigurationPath => In(ConfigurationName);

    /// <summary>The report; present once the run is finished.</summary>
    public string ReportPath => In("report.json");

    /// <summary>The report as a page; present once the run is finished.</summary>
    public string PagePath => In(Reports.ReportFolder.PageName);

    /// <summary>One line for each iteration; see <see cref="MetricsFile"/>.</summary>
    public string MetricsPath => In("metrics.jsonl");

    /// <summary>The folder of a comparison's finished trials.</summary>
    public string TrialsPath => In("trials");

    /// <summary>The folder of checkpoints.</summary>
    public string CheckpointsPath => In("checkpoints");

    /// <summary>The folder of the trained policy; see <see cref="Policies.PolicyFile"/>.</summary>
    public string PolicyPath => In(Policies.PolicyFile.FolderInRun);

    /// <summary>The folder's own name, without where it lies.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.GetFullPath(Path).TrimEnd(System.IO.Path.DirectorySeparatorChar));

    /// <summary>Whether there is anything to go on from between two iterations.</summary>
    public bool HasCheckpoints => HasFiles(CheckpointsPath);

    /// <summary>Whether the report is there.</summary>
    public bool IsFinished => File.Exists(ReportPath);

    /// <summary>Makes the folder of a new run and writes its configuration.</summary>
    /// <param name="configuration">The run.</param>
    /// <param name="outputFolder">
    /// Becomes the run's folder itself; <see langword="null"/> for a new one, <c>&lt;time&gt;-&lt;name&gt;-&lt;id&gt;</c>, in <paramref name="runsFolder"/>.
    /// </param>
    /// <param name="clock">Gives the time in the name.</param>
    /// <param name="runsFolder">Where runs are kept.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="UserMistakeException">The folder holds something else or a run worth keeping, or cannot be written.</exception>
    public static RunFolder Create(RunConfiguration configuration, string? outputFolder, TimeProvider clock, string runsFolder = "runs")
    {
        var yaml = configuration.ToYaml();
        var path = outputFolder ?? NewPath(configuration, clock.GetLocalNow(), yaml, runsFolder);
        var folder = new RunFolder(path, configuration.Header, YamlSettings.Parse(yaml, ConfigurationName));
        folder.RefuseIfInUse();
        try
        {
            Directory.CreateDirectory(folder.Path);
            File.Delete(folder.MetricsPath);                             // of a run that stopped before its first checkpoint
            RunProgress.Forget(folder.Path);
            Write(folder.ConfigurationPath, yaml);
            if (folder.Header.Command == RunCommand.Train) Directory.CreateDirectory(folder.CheckpointsPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            folder.RemoveIfEmpty();
            throw Refusal("PIL0202", $"{folder.Path} cannot be written: {Reason(exception)}.", "Free space, or give a folder that you may write to, with --out DIR.");
        }

        return folder;
    }

    /// <summary>Opens the folder of a run that was made before.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <returns>The folder, its header read and checked.</returns>
    /// <exception cref="UserMistakeException">There is no run, or its configuration is missing or damaged.</exception>
    public static RunFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw Refusal("PIL0206", File.Exists(path) ? $"{path} is a file and not a run folder." : $"{path} does not exist.", GiveARun);
        var configurationPath = System.IO.Path.Combine(path, ConfigurationName);
        if (!File.Exists(configurationPath)) throw Refusal("PIL0207", $"{path} has no {ConfigurationName}, so it is not a run folder.", GiveARun);

        var (text, mistake) = YamlSettings.ReadText(configurationPath);
        if (mistake is { } unreadable) throw new UserMistakeException(unreadable.ToString());
        var source = YamlEntries.Read(text!, configurationPath);
        if (source.Mistakes.Count == 0 && !HasRunSection(source))
        {
            throw Refusal(
                "PIL0208", $"{configurationPath} has no section 'run', so it does not say what was run.",
                "The file is cut off or not ours: start the run anew in another folder.");
        }

        var header = SettingsBinder.Bind<RunHeader>(RunHeader.Schema, YamlSettings.Section(source, YamlSettings.RunSection));
        return new(path, header, YamlSettings.Section(source, YamlSettings.SettingsSection));
    }

    /// <summary>Opens the folder of an unfinished run.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <returns>The folder; whether its checkpoints can be read is found out by <see cref="Checkpoints.CheckpointFolder"/>.</returns>
    /// <exception cref="UserMistakeException">As <see cref="Open"/>; or the run is finished or cannot be resumed.</exception>
    public static RunFolder OpenForResume(string path)
    {
        var folder = Open(path);
        if (folder.IsFinished) throw Refusal("PIL0209", $"{path} holds a finished run.", "There is nothing to resume; its result is in report.json.");
        if (folder.Header.Command == RunCommand.Improve)
            throw Refusal("PIL0212", $"{path} was begun by a program of your own, which alone knows its environment and rule.", "Run that program again with the same options: it goes on here.");
        if (folder.Header.Command is RunCommand.Schedule || (folder.Header.Command is RunCommand.Apply && !folder.HasCheckpoints))
            throw Refusal("PIL0210", $"{path} holds a run of the kind '{Words.Of(folder.Header.Command)}', which keeps nothing on its way.", "Trainings and comparisons are resumed: start this one anew.");
        return folder;
    }

    /// <summary>Binds the settings that the run was made with.</summary>
    /// <param name="schema">Schema of the system's or algorithm's settings.</param>
    /// <returns>The whole configuration, checked.</returns>
    /// <exception cref="UserMistakeException">The file was changed by hand and no longer fits.</exception>
    public RunConfiguration Configuration(SettingsSchema schema) => new(Header, schema, SettingsBinder.Bind(schema, schema.Default, _source));

    /// <summary>Writes another file of the run, whole or not at all.</summary>
    /// <param name="name">Relative to the folder.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    internal void WriteText(string name, string text) => Keep(In(name), text);

    /// <summary>Writes the report, which finishes the run.</summary>
    /// <param name="json">The content of <c>report.json</c>.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void WriteReport(string json) => Keep(ReportPath, json);

    private static void Keep(string path, string text)
    {
        try
        {
            Write(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path} could not be written: {Reason(exception)}. Checkpoints and metrics are kept.", exception);
        }
    }

    private static void Write(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        DurableFile.Write(path, stream => { stream.Write(bytes); return bytes.Length; }, DurableFile.Create);
    }

    private void RemoveIfEmpty()
    {
        try
        {
            Directory.Delete(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was there before, with something in it, or it never was.
        }
    }

    private void RefuseIfInUse()
    {
        if (File.Exists(Path)) throw Refusal("PIL0203", $"{Path} is a file.", "Give a folder with --out DIR.");
        try
        {
            if (!Directory.Exists(Path) || Directory.EnumerateFileSystemEntries(Path).All(entry => System.IO.Path.GetFileName(entry) == LogName)) return;
            if (!File.Exists(ConfigurationPath) || !IsOurs(ConfigurationPath))
                throw Refusal("PIL0201", $"{Path} holds files that are not of a run.", "Give an empty or a new folder with --out DIR; nothing was written.");
            if (RunLife.ProcessOf(Path) is { } process) throw RunLife.InUse(Path, process);
            if (IsFinished) throw Refusal("PIL0204", $"{Path} holds a finished run.", "Give another folder with --out DIR, or remove this one yourself; nothing was written.");
            if (HasCheckpoints || HasFiles(TrialsPath))
                throw Refusal("PIL0205", $"{Path} holds an unfinished run that can be resumed.", $"Go on with 'pilotage resume {Path}', or give another folder with --out DIR; nothing was written.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Refusal("PIL0202", $"{Path} cannot be read: {Reason(exception)}.", "Give a folder that you may write to, with --out DIR.");
        }
    }

    private static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any();

    private static bool IsOurs(string configurationPath) =>
        YamlSettings.ReadText(configurationPath).Text is { } text && HasRunSection(YamlEntries.Read(text, configurationPath));

    private static bool HasRunSection(SettingSource source) =>
        source.Entries.Any(entry => entry.Key.StartsWith(YamlSettings.RunSection, StringComparison.OrdinalIgnoreCase));

    private static string NewPath(RunConfiguration configuration, DateTimeOffset now, string yaml, string runsFolder)
    {
        var name = string.Concat(configuration.Header.Name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' ? character : '-'));
        for (var attempt = 0; ; attempt++)
        {
            // Two runs of one command within a tick get the same hash; the attempt tells them apart.
            var seed = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks}/{attempt}\n{yaml}");
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..IdDigits];
            var path = System.IO.Path.Combine(runsFolder, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{name}-{id}"));
            if (!Directory.Exists(path)) return path;
        }
    }

    private static UserMistakeException Refusal(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());

    private static string Reason(Exception exception) => exception.Message.TrimEnd('.');

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
