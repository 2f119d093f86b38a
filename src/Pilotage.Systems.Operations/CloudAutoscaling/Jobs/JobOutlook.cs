namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What is left of a running job.</summary>
/// <param name="Work">Work of all unfinished tasks, less what is done of them; seconds at speed 1.</param>
/// <param name="Path">The longest path through it: no fleet of speed 1 is faster.</param>
internal readonly record struct JobOutlook(double Work, double Path)
{
    /// <summary>Works it out, backwards over the graph.</summary>
    /// <param name="run">The running job.</param>
    /// <param name="tails">Room for one number per task.</param>
    public static JobOutlook Of(JobRun run, Span<double> tails)
    {
        var (work, path, graph) = (0.0, 0.0, run.Graph);
        for (var i = graph.Order.Length - 1; i >= 0; i--)
        {
            var task = graph.Order[i];
            var (own, behind) = (run.Remaining(task), 0.0);
            foreach (var next in graph.Successors(task)) behind = Math.Max(behind, tails[next]);
            tails[task] = own + behind;
            work += own;
            path = Math.Max(path, tails[task]);
        }
        return new(work, path);
    }
}
