namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Tetris: of all tasks and machines that fit, the pair whose demand points where the room is, less a price for long jobs.</summary>
/// <remarks>
/// Grandl et al., "Multi-resource packing for cluster schedulers", SIGCOMM 2014: alignment of a task with a machine is the inner product of demand and free resources as shares of the machine's; the
/// combined score takes away the job's remaining work, both divided by their means.
/// </remarks>
/// <param name="shortWeight">What the remaining work counts beside the alignment; 0: packing alone.</param>
internal sealed class PackingRule(double shortWeight = 1) : IScheduler
{
    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var (pairs, alignments, work) = (0, 0.0, 0.0);
        foreach (var stage in cluster.Runnable)
            for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            {
                if (!cluster.CanTake(stage, machine)) continue;
                pairs++;
                alignments += Alignment(cluster, stage, machine);
                work += cluster.JobAt(cluster.Problem.JobOf[stage]).WorkLeft;
            }
        if (pairs == 0)
        {
            cluster.Wait();
            return;
        }
        var (bestStage, bestMachine, best) = (-1, -1, double.NegativeInfinity);
        foreach (var stage in cluster.Runnable)
            for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            {
                if (!cluster.CanTake(stage, machine)) continue;
                var score = Alignment(cluster, stage, machine) / alignments - shortWeight * cluster.JobAt(cluster.Problem.JobOf[stage]).WorkLeft / work;
                if (score > best) (bestStage, bestMachine, best) = (stage, machine, score);
            }
        cluster.Place(bestStage, bestMachine);
    }

    private static double Alignment(ClusterSimulation cluster, int stage, int machine)
    {
        ref readonly var state = ref cluster.MachineAt(machine);
        var own = cluster.Problem.Machines[machine];
        return cluster.Problem.Cores[stage] / own.Cores * (state.FreeCores / own.Cores) + cluster.Problem.Memory[stage] / own.Memory * (state.FreeMemory / own.Memory);
    }
}
