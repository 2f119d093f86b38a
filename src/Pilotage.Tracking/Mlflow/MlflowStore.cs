using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pilotage.Lab.Runs;

namespace Pilotage.Tracking.Mlflow;

/// <summary>A store of MLflow's on a disk: <c>&lt;experiment&gt;/meta.yaml</c> and <c>&lt;experiment&gt;/&lt;run&gt;/{meta.yaml, metrics, params, tags, artifacts}</c>.</summary>
/// <remarks>
/// The layout of MLflow's <c>store/tracking/file_store.py</c> (version 2). A run's identity follows from its name and configuration, so that it is replaced when it is
/// exported again, for instance because it went on.
/// </remarks>
internal sealed class MlflowStore
{
    private const string Meta = "meta.yaml", Trash = ".trash", DefaultId = "0", Building = ".new-";
    private readonly string _root;
    private readonly Func<string, Stream> _create;

    /// <param name="root">The store's folder.</param>
    /// <param name="create">Opens a file; tests give one that fails.</param>
    /// <exception cref="UserMistakeException">The folder holds something else.</exception>
    public MlflowStore(string root, Func<string, Stream> create)
    {
        Check(root);
        (_root, _create) = (Path.GetFullPath(root), create);
    }

    /// <summary>Refuses a folder that holds something else than such a store.</summary>
    public static void Check(string root)
    {
        if (File.Exists(root)) throw Refusal($"--out {root} is a file.");
        if (!Directory.Exists(root) || !Directory.EnumerateFileSystemEntries(root).Any() || Directory.Exists(Path.Combine(root, Trash))) return;
        if (!Directory.EnumerateDirectories(root).Any(folder => File.Exists(Path.Combine(folder, Meta)))) throw Refusal($"--out {root}: the folder holds files that are no store of MLflow's.");
    }

    /// <summary>Adds runs.</summary>
    /// <returns>Their folders.</returns>
    /// <exception cref="RunFailedException">The disk does not take it; runs that were in the store are untouched.</exception>
    public IReadOnlyList<string> Add(IReadOnlyList<TrackedRun> runs)
    {
        var place = _root;
        try
        {
            Directory.CreateDirectory(Path.Combine(_root, Trash));
            if (!Directory.Exists(Path.Combine(_root, DefaultId))) WriteExperiment(DefaultId, "Default", runs.Count > 0 ? runs[0].Started : 0);
            var folders = new List<string>();
            foreach (var run in runs)
            {
                var experiment = ExperimentOf(run);
                place = Path.Combine(_root, experiment, MlflowContent.IdOf(run));
                Replace(place, folder => WriteRun(run, experiment, folder, place));
                folders.Add(place);
            }
            return folders;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{place} could not be written: {exception.Message.TrimEnd('.')}. The runs themselves are untouched: free space, then export again.", exception);
        }
    }

    // MLflow knows an experiment by its name, which must be the only one: one that the user made before is used.
    private string ExperimentOf(TrackedRun run)
    {
        var name = MlflowContent.ExperimentOf(run.Header);
        if (FolderNamed(name, _root) is { } there) return Path.GetFileName(there);
        if (FolderNamed(name, Path.Combine(_root, Trash)) is not null)
            throw new UserMistakeException(new Mistake(
                "PIL2031", $"The experiment \"{name}\" was deleted in {_root} and still holds its name.", "", "Restore it (mlflow experiments restore), remove it for good (mlflow gc), or give another store.").ToString());
        var id = (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 900_000_000_000_000_000 + 100_000_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        WriteExperiment(id, name, run.Started);
        return id;
    }

    private static string? FolderNamed(string experiment, string root) => Directory.EnumerateDirectories(root).Where(folder => File.Exists(Path.Combine(folder, Meta)))
        .FirstOrDefault(folder => YamlEntries.Read(File.ReadAllText(Path.Combine(folder, Meta)), Meta).Entries.Any(entry => entry.Key == "name" && entry.Text == experiment));

    private void WriteExperiment(string id, string name, long made)
    {
        var folder = Path.Combine(_root, id);
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, Meta), MlflowYaml.Of([
            new("artifact_location", Uri(folder)), new("creation_time", made), new("experiment_id", id), new("last_update_time", made), new("lifecycle_stage", "active"), new("name", name)]));
    }

    private void WriteRun(TrackedRun run, string experiment, string folder, string place)
    {
        foreach (var part in new[] { "metrics", "params", "tags", "artifacts" }) Directory.CreateDirectory(Path.Combine(folder, part));
        var content = MlflowContent.Of(run);
        foreach (var (name, points) in content.Metrics) Write(In(folder, "metrics", name), Lines(MlflowContent.TimeOf(run), points));
        foreach (var (name, value) in content.Parameters) Write(In(folder, "params", name), value);
        foreach (var (name, value) in content.Tags) Write(In(folder, "tags", name), value);
        foreach (var (name, source) in content.Artifacts)
        {
            using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = Open(In(folder, "artifacts", name));
            from.CopyTo(to);
        }
        const long running = 1, finished = 3, local = 4;                 // of MLflow's RunStatus and SourceType
        var id = Path.GetFileName(place);
        Write(Path.Combine(folder, Meta), MlflowYaml.Of([
            new("artifact_uri", Uri(Path.Combine(place, "artifacts"))), new("deleted_time", null), new("end_time", run.Ended), new("entry_point_name", ""), new("experiment_id", experiment),
            new("lifecycle_stage", "active"), new("run_id", id), new("run_name", run.Name), new("run_uuid", id), new("source_name", ""), new("source_type", local), new("source_version", ""),
            new("start_time", run.Started), new("status", run.Ended is null ? running : finished), new("tags", Array.Empty<string>()), new("user_id", MlflowContent.User)]));
    }

    // The new folder is whole before the old one goes.
    private static void Replace(string place, Action<string> write)
    {
        var building = Path.Combine(Path.GetDirectoryName(place)!, Building + Path.GetFileName(place));
        if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
        try
        {
            Directory.CreateDirectory(building);
            write(building);
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
            Directory.Move(building, place);
        }
        catch
        {
            if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
            throw;
        }
    }

    private void Write(string path, string text)
    {
        using var stream = Open(path);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private Stream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return _create(path);
    }

    private static string In(string folder, string part, string name) => Path.Combine([folder, part, .. name.Split('/')]);

    private static string Lines(long time, IEnumerable<(long Step, double Value)> points)
    {
        var text = new StringBuilder();
        foreach (var (step, value) in points) text.Append(CultureInfo.InvariantCulture, $"{time} {Number(value)} {step}\n");
        return text.ToString();
    }

    // As Python's float() reads them.
    private static string Number(double value) => double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Uri(string folder) => new Uri(folder).AbsoluteUri;

    private static UserMistakeException Refusal(string what) => new(new Mistake("PIL2023", what, "", "Give a new folder, an empty one, or an mlruns that MLflow made; nothing was written.").ToString());
}
