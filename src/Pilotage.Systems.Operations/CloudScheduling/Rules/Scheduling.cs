namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Runs schedulers.</summary>
internal static class Scheduling
{
    /// <summary>Runs a problem from the first arrival to the last departure.</summary>
    /// <param name="cluster">To be used; holds the outcome afterwards.</param>
    /// <param name="problem">Machines and jobs.</param>
    /// <param name="scheduler">Decides.</param>
    /// <param name="log">Receives what happened; <see langword="null"/> for nobody.</param>
    /// <returns>How good it was.</returns>
    public static ScheduleFigures Run(ClusterSimulation cluster, ClusterProblem problem, IScheduler scheduler, ScheduleLog? log = null)
    {
        cluster.Begin(problem, log);
        scheduler.Begin(cluster);
        while (cluster.Advance()) scheduler.Decide(cluster);
        return ScheduleFigures.Of(cluster);
    }
}
