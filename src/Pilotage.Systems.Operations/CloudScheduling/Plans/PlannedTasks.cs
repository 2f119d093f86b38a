namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Where and when each task is planned, built up task by task with insertion into gaps.</summary>
internal sealed class PlannedTasks(PlanGraph graph, LaneTimes lanes, double from)
{
    /// <summary>Lane of each task.</summary>
    public int[] Lane { get; } = new int[graph.Count];

    public double[] Start { get; } = new double[graph.Count];

    public double[] End { get; } = new double[graph.Count];

    /// <summary>End of the last task.</summary>
    public double Makespan => End.Max();

    /// <summary>Plans a task where it ends soonest.</summary>
    /// <param name="task">Those that it waits for are planned.</param>
    public void AddSoonest(int task)
    {
        var (best, bestStart, soonest) = (-1, 0.0, double.PositiveInfinity);
        for (var lane = 0; lane < graph.MachineOf.Length; lane++)
        {
            var cost = graph.Costs[task][lane];
            if (double.IsInfinity(cost)) continue;
            var start = lanes.FirstStart(lane, ReadyAt(task, lane), cost);
            if (start + cost < soonest) (best, bestStart, soonest) = (lane, start, start + cost);
        }
        Set(task, best, bestStart);
    }

    /// <summary>Plans a task on a lane.</summary>
    public void AddOn(int task, int lane) => Set(task, lane, lanes.FirstStart(lane, ReadyAt(task, lane), graph.Costs[task][lane]));

    private double ReadyAt(int task, int lane)
    {
        var ready = from;
        foreach (var (parent, transfer) in graph.Parents[task])
            ready = Math.Max(ready, End[parent] + (graph.MachineOf[Lane[parent]] == graph.MachineOf[lane] ? 0 : transfer));
        return ready;
    }

    private void Set(int task, int lane, double start)
    {
        (Lane[task], Start[task], End[task]) = (lane, start, start + graph.Costs[task][lane]);
        if (End[task] > start) lanes.Take(lane, start, End[task]);
    }
}
