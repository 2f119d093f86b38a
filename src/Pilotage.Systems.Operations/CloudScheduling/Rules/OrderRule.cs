namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Serves one queue in an order of its own: the first stage that fits somewhere now gets the fastest machine that takes it. What does not fit is passed over.</summary>
/// <param name="key">Of a stage; small first. Equal ones keep the order of arrival.</param>
internal sealed class OrderRule(Func<ClusterSimulation, int, (double First, double Second)> key) : IScheduler
{
    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var (bestStage, bestMachine, best) = (-1, -1, (First: double.PositiveInfinity, Second: double.PositiveInfinity));
        foreach (var stage in cluster.Runnable)
        {
            var own = key(cluster, stage);
            if (bestStage >= 0 && (own.First > best.First || (own.First == best.First && own.Second >= best.Second))) continue;
            var machine = MachineChoices.Fastest(cluster, stage);
            if (machine >= 0) (bestStage, bestMachine, best) = (stage, machine, own);
        }
        if (bestStage < 0) cluster.Wait();
        else cluster.Place(bestStage, bestMachine);
    }

    /// <summary>First come, first served.</summary>
    public static OrderRule Fifo() => new((_, _) => (0, 0));

    /// <summary>The job with the least work left; in it the stage on the longest path. Decima's SJF-CP.</summary>
    public static OrderRule ShortestJob() => new((cluster, stage) => (cluster.JobAt(cluster.Problem.JobOf[stage]).WorkLeft, -cluster.Problem.Tail[stage]));

    /// <summary>The job with the most work left.</summary>
    public static OrderRule LongestJob() => new((cluster, stage) => (-cluster.JobAt(cluster.Problem.JobOf[stage]).WorkLeft, -cluster.Problem.Tail[stage]));

    /// <summary>The job whose deadline comes first.</summary>
    public static OrderRule EarliestDeadline() => new((cluster, stage) => (cluster.Problem.Jobs[cluster.Problem.JobOf[stage]].Deadline, -cluster.Problem.Tail[stage]));

    /// <summary>The job with the shortest path left.</summary>
    public static OrderRule ShortestPath() => new((cluster, stage) => (PathLeft(cluster, cluster.Problem.JobOf[stage]), -cluster.Problem.Tail[stage]));

    private static double PathLeft(ClusterSimulation cluster, int job)
    {
        var longest = 0.0;
        for (var stage = cluster.Problem.FirstStage[job]; stage < cluster.Problem.FirstStage[job + 1]; stage++)
            if (cluster.StageAt(stage).Unfinished > 0) longest = Math.Max(longest, cluster.Problem.Tail[stage]);
        return longest;
    }
}
