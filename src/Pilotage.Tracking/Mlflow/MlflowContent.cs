using System.Security.Cryptography;
using System.Text;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Tracking.Mlflow;

/// <summary>A run as MLflow's four kinds of things, by names that it takes.</summary>
/// <param name="Metrics">Values over steps.</param>
/// <param name="Parameters">Texts.</param>
/// <param name="Tags">Texts, those that MLflow gives a meaning among them.</param>
/// <param name="Artifacts">Files to copy, by the name that they get.</param>
internal sealed record MlflowContent(
    IReadOnlyList<(string Name, IReadOnlyList<(long Step, double Value)> Points)> Metrics, IReadOnlyList<(string Name, string Value)> Parameters, IReadOnlyList<(string Name, string Value)> Tags, IReadOnlyList<(string Name, string Path)> Artifacts)
{
    /// <summary>Who MLflow is told that ran it: an export knows no person.</summary>
    public const string User = "pilotage";

    /// <summary>The tag that says which run it is, whatever identity a server gave it.</summary>
    public const string IdTag = "pilotage.id";

    private const int MostOfAParameter = 6000, MostOfATag = 5000;        // MLflow's limits of a value
    private static readonly string[] Kept = ["config.yaml", ReportFolder.PageName, "report.json", "metrics.jsonl", "choice.json", "best.yaml"];

    /// <summary>Takes a run apart.</summary>
    public static MlflowContent Of(TrackedRun run) => new(MetricsOf(run), ParametersOf(run), TagsOf(run), ArtifactsOf(run));

    /// <summary>Name of the experiment: what was run.</summary>
    public static string ExperimentOf(RunHeader header) => header.Command switch
    {
        RunCommand.Train => $"{header.Algorithm} on {header.Environment}",
        RunCommand.Improve => $"improve {header.Environment}",
        RunCommand.Sweep => $"sweep of {header.System ?? $"{header.Algorithm} on {header.Environment}"}",
        RunCommand.Apply => $"apply {header.System}",
        _ => header.System ?? header.Name,
    };

    /// <summary>A run's identity, from its name and configuration: 32 hexadecimal digits.</summary>
    public static string IdOf(TrackedRun run) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Name}\n{string.Join('\n', run.Configuration.Select(pair => $"{pair.Key}={pair.Value}"))}")))[..32];

    /// <summary>The time of all its points, in milliseconds since 1970: a run's file has steps and no clock, and MLflow shows metrics over steps.</summary>
    public static long TimeOf(TrackedRun run) => run.Ended ?? run.Started;

    private static List<(string, IReadOnlyList<(long, double)>)> MetricsOf(TrackedRun run)
    {
        var (names, metrics) = (new MlflowNames(), new List<(string, IReadOnlyList<(long, double)>)>());
        foreach (var metric in run.Metrics.GroupBy(point => point.Metric)) metrics.Add((names.Fit(metric.Key), [.. metric.Select(point => (point.Step, point.Value))]));
        foreach (var arm in run.Report?.Arms ?? [])
        {
            foreach (var (metric, own) in arm.Metrics)
            {
                metrics.Add((names.Fit($"arms/{arm.Name}/{metric}"), [(0, own.Mean)]));
                if (own.Low is { } low && own.High is { } high)
                {
                    metrics.Add((names.Fit($"arms/{arm.Name}/{metric}.low"), [(0, low)]));
                    metrics.Add((names.Fit($"arms/{arm.Name}/{metric}.high"), [(0, high)]));
                }
            }
        }
        foreach (var claim in run.Report?.Claims ?? []) metrics.Add((names.Fit($"claims/{claim.Id}"), [(0, claim.Evidence.Estimate)]));
        // One value a seed, over the seeds: the spread behind each mean.
        foreach (var arm in run.Trials.GroupBy(trial => (trial.Phase, trial.Arm)))
        {
            foreach (var metric in arm.SelectMany(trial => trial.Measurements.GroupBy(one => one.Metric).Select(group => (group.Key, trial.Seed, Mean: group.Average(one => one.Value)))).GroupBy(one => one.Key))
                metrics.Add((names.Fit($"seeds/{(arm.Key.Phase.Length > 0 ? $"{arm.Key.Phase}/" : "")}{arm.Key.Arm}/{metric.Key}"), [.. metric.Select(one => ((long)one.Seed, one.Mean))]));
        }
        return metrics;
    }

    private static List<(string, string)> ParametersOf(TrackedRun run)
    {
        var names = new MlflowNames();
        return [.. run.Configuration.Select(pair => (names.Fit(pair.Key), Cut(pair.Value, MostOfAParameter)))];
    }

    private static List<(string, string)> TagsOf(TrackedRun run)
    {
        var names = new MlflowNames();
        var tags = new List<(string Name, string Value)>
        {
            (IdTag, IdOf(run)), ("mlflow.runName", run.Name), ("mlflow.user", User), ("mlflow.source.name", "pilotage"), ("mlflow.source.type", "LOCAL"), ("mlflow.note.content", Note(run)),
            ("pilotage.title", run.Title), ("pilotage.command", Words.Of(run.Header.Command)), ("pilotage.version", run.Header.Version), ("pilotage.headline", run.Headline),
        };
        if (run.Report?.ParameterHash is { } hash) tags.Add(("pilotage.parameterHash", hash));
        tags.AddRange((run.Report?.Claims ?? []).Select(claim => ($"claim.{claim.Id}", Words.Of(claim.Verdict))));
        return [.. tags.Where(tag => tag.Value.Length > 0).Select(tag => (names.Fit(tag.Name), Cut(tag.Value, MostOfATag)))];
    }

    private static string Note(TrackedRun run)
    {
        var text = new StringBuilder($"**{run.Title}**");
        if (run.Headline.Length > 0) text.Append($"\n\n{run.Headline}");
        foreach (var claim in run.Report?.Claims ?? []) text.Append($"\n* {claim.Id}: {Words.Of(claim.Verdict)}. {claim.Text}");
        return text.ToString();
    }

    private static List<(string, string)> ArtifactsOf(TrackedRun run)
    {
        var files = Kept.Select(name => (Name: name, Path: Path.Combine(run.Path, name))).Where(file => File.Exists(file.Path)).ToList();
        foreach (var folder in new[] { ReportFolder.PlotsName, Policies.PolicyFile.FolderInRun }.Select(name => Path.Combine(run.Path, name)).Where(Directory.Exists))
            files.AddRange(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(run.Path, path).Replace(Path.DirectorySeparatorChar, '/'), path)));
        return files;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
