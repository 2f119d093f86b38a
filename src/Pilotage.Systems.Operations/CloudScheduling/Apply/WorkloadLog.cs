using System.Globalization;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Jobs as a log in the Standard Workload Format: 18 fields a line, lines of comments begin with a semicolon.</summary>
/// <remarks>Feitelson's Parallel Workloads Archive, version 2.2: submit time is field 2, run time 4, processors 5 (or those asked for, 8), memory per processor in KB 7 (or 10). -1 is unknown.</remarks>
internal static class WorkloadLog
{
    private const int Fields = 18;

    /// <summary>Whether a file is such a log.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".swf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads jobs; those that never ran are left out.</summary>
    /// <param name="path">The file; exists.</param>
    /// <param name="problems">Receives what is wrong, with line and column.</param>
    /// <param name="notes">Told how many were left out.</param>
    public static IReadOnlyList<Job> Read(string path, List<string> problems, List<string> notes)
    {
        var (jobs, line, left) = (new List<Job>(), 0, 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text) || text.TrimStart().StartsWith(';')) continue;
            var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != Fields)
            {
                problems.Add(new Mistake("PIL1611", $"{fields.Length} fields where a line of the Standard Workload Format has {Fields}.", $"{path}, line {line}", "Correct or remove the line.").ToString());
                continue;
            }
            var numbers = new double[10];
            for (var i = 0; i < numbers.Length; i++)
                if (!double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                    problems.Add(new Mistake("PIL1611", $"'{fields[i]}' is not a number.", $"{path}, line {line}, column {i + 1}", "Write -1 for what is unknown.").ToString());
            var (processors, memory) = (numbers[4] > 0 ? numbers[4] : numbers[7], Math.Max(0, numbers[6] > 0 ? numbers[6] : numbers[9]));
            if (numbers[3] > 0 && processors > 0 && numbers[1] >= 0) jobs.Add(Job.Single(fields[0], numbers[1], numbers[3], processors, memory * processors / 1024));
            else left++;
        }
        if (left > 0) notes.Add($"{left} job(s) of the log never ran and were left out.");
        return jobs;
    }
}
