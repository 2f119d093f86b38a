using System.Globalization;
using System.Text.RegularExpressions;
using Pilotage.Lab.Runs;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

/// <summary>Reads a store by the rules of MLflow's own reader (version 2: store/tracking/file_store.py, utils/validation.py, entities), and fails where that would.</summary>
internal sealed partial class MlflowReader(string root)
{
    // What RunInfo and Experiment are made from, without which MLflow raises.
    private static readonly string[] RunKeys = ["artifact_uri", "end_time", "experiment_id", "lifecycle_stage", "run_id", "run_name", "run_uuid", "start_time", "status", "user_id"];
    private static readonly string[] ExperimentKeys = ["artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name"];

    /// <summary>All experiments by identity; their names must differ.</summary>
    public IReadOnlyDictionary<string, string> Experiments()
    {
        Assert.True(Directory.Exists(Path.Combine(root, ".trash")));
        var experiments = new Dictionary<string, string>();
        foreach (var folder in Directory.EnumerateDirectories(root).Where(folder => Path.GetFileName(folder) is not (".trash" or "models")))
        {
            var id = Path.GetFileName(folder);
            Assert.Matches("^[a-zA-Z0-9][A-Za-z0-9_\\-]{0,63}$", id);
            var meta = Yaml(folder, ExperimentKeys);
            Assert.Equal(id, meta["experiment_id"]);
            Assert.Equal("active", meta["lifecycle_stage"]);
            Assert.Equal(Path.GetFullPath(folder), new Uri(meta["artifact_location"]!).LocalPath);
            experiments.Add(id, meta["name"]!);
        }
        Assert.Equal(experiments.Count, experiments.Values.Distinct().Count());
        return experiments;
    }

    /// <summary>The runs of an experiment.</summary>
    public IReadOnlyList<MlflowRun> Runs(string experiment) => [.. Directory.EnumerateDirectories(Path.Combine(root, experiment)).Where(folder => Path.GetFileName(folder) is not ("tags" or "datasets" or "traces")).Select(folder => Run(experiment, folder))];

    private static MlflowRun Run(string experiment, string folder)
    {
        var meta = Yaml(folder, RunKeys);
        var id = Path.GetFileName(folder);
        Assert.Matches("^[a-zA-Z0-9][A-Za-z0-9_\\-]{0,255}$", id);
        Assert.Equal((id, id, experiment), (meta["run_id"], meta["run_uuid"], meta["experiment_id"]));
        Assert.InRange(int.Parse(meta["status"]!, CultureInfo.InvariantCulture), 1, 5);
        Assert.True(long.Parse(meta["start_time"]!, CultureInfo.InvariantCulture) > 0);
        Assert.Equal(Path.Combine(Path.GetFullPath(folder), "artifacts"), new Uri(meta["artifact_uri"]!).LocalPath);
        var metrics = Files(folder, "metrics").ToDictionary(name => name, name => File.ReadLines(Path.Combine(folder, "metrics", name)).Select(Line).ToList());
        Assert.All(metrics.Values, Assert.NotEmpty);
        var parameters = Files(folder, "params").ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, "params", name)));
        var tags = Files(folder, "tags").ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, "tags", name)));
        Assert.All(parameters.Values, value => Assert.True(value.Length <= 6000));
        Assert.All(tags.Values, value => Assert.True(value.Length <= 5000));
        return new(meta, metrics, parameters, tags, [.. Directory.EnumerateFiles(Path.Combine(folder, "artifacts"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(folder, "artifacts"), path)).Order(StringComparer.Ordinal)]);
    }

    // "timestamp value step", as int, float and int of Python read them.
    private static (long Time, double Value, long Step) Line(string line)
    {
        var parts = line.Trim().Split(' ');
        Assert.Equal(3, parts.Length);
        Assert.Matches("^[+-]?(nan|inf|[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?)$", parts[1]);
        var value = parts[1] switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, var text => double.Parse(text, CultureInfo.InvariantCulture) };
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), value, long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> Files(string folder, string part)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, part), "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Path.Combine(folder, part), path).Replace(Path.DirectorySeparatorChar, '/');
            Assert.Matches(ValidName(), name);
            Assert.True(name.Length <= 250, name);
            yield return name;
        }
    }

    private static Dictionary<string, string?> Yaml(string folder, string[] keys)
    {
        var source = YamlEntries.Read(File.ReadAllText(Path.Combine(folder, "meta.yaml")), "meta.yaml");
        Assert.Empty(source.Mistakes);
        var values = source.Entries.ToDictionary(entry => entry.Key, entry => entry.Text);
        Assert.All(keys, key => Assert.Contains(key, values.Keys));
        return values;
    }

    [GeneratedRegex(@"^[/\w.\- ]*$")]
    private static partial Regex ValidName();
}

/// <summary>A run of a store.</summary>
internal sealed record MlflowRun(
    IReadOnlyDictionary<string, string?> Meta, IReadOnlyDictionary<string, List<(long Time, double Value, long Step)>> Metrics, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Artifacts);
