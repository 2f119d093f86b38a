namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Critical path on a processor.</summary>
/// <remarks>
/// Source: Topcuoglu, Hariri and Wu, IEEE TPDS 13 (2002), Figure 4. Of a graph with several entries the path begins at the first of highest priority. Differs where the path's machine cannot run one of
/// its tasks: that one goes where it ends soonest.
/// </remarks>
internal static class Cpop
{
    private const double Rounding = 1e-9;

    /// <summary>Plans all tasks.</summary>
    /// <param name="graph">The tasks.</param>
    /// <param name="lanes">What is free; taken from.</param>
    /// <param name="from">Nothing begins before.</param>
    public static PlannedTasks Plan(PlanGraph graph, LaneTimes lanes, double from = 0)
    {
        var (up, down) = (graph.UpwardRanks(), graph.DownwardRanks());
        double[] priorities = [.. up.Zip(down, (u, d) => u + d)];                          // lines 2-3
        var path = Path(graph, priorities);                                                // lines 4-9
        var lane = Enumerable.Range(0, graph.MachineOf.Length).MinBy(candidate => path.Sum(task => graph.Costs[task][candidate]));   // line 10
        var plan = new PlannedTasks(graph, lanes, from);
        var waiting = Array.ConvertAll(graph.Parents, parents => parents.Length);
        var ready = new PriorityQueue<int, (double, int)>();
        for (var task = 0; task < graph.Count; task++)
            if (waiting[task] == 0) ready.Enqueue(task, (-priorities[task], task));        // line 11
        while (ready.TryDequeue(out var task, out _))                                      // lines 12-19
        {
            if (path.Contains(task) && double.IsFinite(graph.Costs[task][lane])) plan.AddOn(task, lane);
            else plan.AddSoonest(task);
            foreach (var (child, _) in graph.Children[task])
                if (--waiting[child] == 0) ready.Enqueue(child, (-priorities[child], child));
        }
        return plan;
    }

    private static HashSet<int> Path(PlanGraph graph, double[] priorities)
    {
        var entry = Enumerable.Range(0, graph.Count).Where(task => graph.Parents[task].Length == 0).MaxBy(task => priorities[task]);
        var (path, task) = (new HashSet<int> { entry }, entry);
        while (graph.Children[task].Length > 0)
        {
            var next = graph.Children[task].Where(child => Math.Abs(priorities[child.Task] - priorities[entry]) <= Rounding * priorities[entry]).Select(child => child.Task).DefaultIfEmpty(-1).First();
            if (next < 0) break;
            path.Add(task = next);
        }
        return path;
    }
}
