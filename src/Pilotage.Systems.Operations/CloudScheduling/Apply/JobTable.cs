namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Jobs as CSV, a line for each stage: job,arrival,work and maybe stage,after,tasks,cores,memory,output_bytes,deadline,weight.</summary>
/// <remarks>A job of one line needs no stage. Lines of one job give the same arrival, deadline and weight; <c>after</c> names stages of the same job, separated by semicolons.</remarks>
internal static class JobTable
{
    private static readonly string[] Needed = ["job", "arrival", "work"], Known = ["stage", "after", "tasks", "cores", "memory", "output_bytes", "deadline", "weight"];

    /// <summary>Reads jobs.</summary>
    /// <param name="path">The file; exists.</param>
    /// <param name="problems">Receives what is wrong with the file.</param>
    public static IReadOnlyList<Job> Read(string path, List<string> problems)
    {
        var jobs = new List<Job>();
        foreach (var lines in TableFile.Read(path, Needed, Known, problems).Rows.GroupBy(row => row.Cell("job")))
        {
            var first = lines.First();
            if (lines.Key.Length == 0) problems.Add(new Mistake("PIL1609", "A job has no name.", first.Where, "Give each job one.").ToString());
            var parts = lines.Select(row => new JobPart(
                new(row.Cell("stage") is { Length: > 0 } name ? name : "task", (int)row.Number("tasks", 1, problems), row.Number("work", double.NaN, problems), row.Number("cores", 1, problems), row.Number("memory", 0, problems), row.Number("output_bytes", 0, problems)),
                row.Cell("after").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), row.Where)).ToList();
            foreach (var row in lines.Skip(1).Where(row => row.Cell("arrival") != first.Cell("arrival")))
                problems.Add(new Mistake("PIL1609", $"Job '{lines.Key}' arrives at {row.Cell("arrival")} here and at {first.Cell("arrival")} before.", row.Where, "Give all its lines the same arrival.").ToString());
            var deadline = first.Number("deadline", double.PositiveInfinity, problems);
            if (JobPart.Link(lines.Key, first.Number("arrival", double.NaN, problems), deadline, first.Number("weight", 1, problems), parts, first.Where, problems) is { } job) jobs.Add(job);
        }
        return jobs;
    }
}
