using System.Globalization;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Reads a job: CSV with the columns task,work,after, or JSON with a list of tasks.</summary>
/// <remarks>
/// CSV: one task a line; <c>after</c> may be missing or empty, several names are separated by semicolons. JSON:
/// <c>{"deadlineSeconds": 7200, "tasks": [{"name": "a", "work": 600}, {"name": "b", "work": 300, "after": ["a"]}]}</c>. Everything wrong with the file is
/// reported at once, with lines.
/// </remarks>
internal static class TaskFile
{
    private static readonly string[] NameColumns = ["task", "name", "id"];
    private static readonly string[] WorkColumns = ["work", "seconds", "work_seconds", "duration"];
    private static readonly string[] AfterColumns = ["after", "depends_on", "dependencies", "parents"];

    /// <summary>Whether a file looks like a job rather than a history of requests: JSON, or a header with a column of work.</summary>
    public static bool IsJob(string path)
    {
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) return true;
        return File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } header && Columns(header).Any(WorkColumns.Contains);
    }

    /// <summary>Reads a job.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tasks, and the allowed time that the file names, in seconds; 0 if it names none.</returns>
    /// <exception cref="UserMistakeException">The file is missing, malformed, or its tasks wait for each other in a cycle; holds all problems with their lines.</exception>
    public static (TaskGraph Graph, double DeadlineSeconds) Read(string path)
    {
        if (!File.Exists(path)) throw new UserMistakeException($"There is no file {path}. Give the path of a job: CSV with the columns task,work,after, or JSON.");
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) return TaskJson.Read(path);
        var lines = File.ReadAllLines(path);
        var problems = new List<string>();
        var columns = lines.Length == 0 ? [] : Columns(lines[0]);
        var (name, work, after) = (Array.FindIndex(columns, NameColumns.Contains), Array.FindIndex(columns, WorkColumns.Contains), Array.FindIndex(columns, AfterColumns.Contains));
        if (name < 0) problems.Add($"{path}, line 1: no column of task names among '{(lines.Length == 0 ? "" : lines[0].Trim())}'. Name one of the columns {string.Join(", ", NameColumns)}.");
        if (work < 0) problems.Add($"{path}, line 1: no column of work among '{(lines.Length == 0 ? "" : lines[0].Trim())}'. Name one of the columns {string.Join(", ", WorkColumns)}.");
        UserMistakeException.ThrowIfAny(problems);

        var (tasks, places) = (new List<JobTask>(), new List<int>());
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var fields = Array.ConvertAll(lines[i].Split(','), Plain);
            if (fields.Length <= Math.Max(name, work))
            {
                problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {columns.Length}. Complete or remove the line.");
                continue;
            }
            if (!double.TryParse(fields[work], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            {
                problems.Add($"{path}, line {i + 1}: work '{fields[work]}' is not a number. Give the seconds that the task takes on a machine of speed 1.");
                continue;
            }
            var before = after >= 0 && after < fields.Length ? fields[after].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            tasks.Add(new(fields[name], seconds, before));
            places.Add(i + 1);
        }
        UserMistakeException.ThrowIfAny(problems);
        return (Linked(path, tasks, places), 0);
    }

    /// <summary>Links tasks whose lines are known.</summary>
    internal static TaskGraph Linked(string path, IReadOnlyList<JobTask> tasks, IReadOnlyList<int> lines)
    {
        try
        {
            return TaskGraph.Create(tasks, index => $"{path}, line {lines[index]}");
        }
        catch (UserMistakeException mistake) when (tasks.Count == 0)
        {
            throw new UserMistakeException([.. mistake.Problems.Select(problem => $"{path}: {problem}")]);
        }
    }

    private static string[] Columns(string header) => Array.ConvertAll(header.TrimStart('\uFEFF').Split(','), field => Plain(field).ToLowerInvariant());

    private static string Plain(string field) => field.Trim().Trim('"').Trim();
}
