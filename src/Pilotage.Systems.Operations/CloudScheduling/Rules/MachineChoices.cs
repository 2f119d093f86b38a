namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Which of the machines that take a task now.</summary>
internal static class MachineChoices
{
    /// <summary>The one where it is done soonest; the first of equal ones.</summary>
    /// <returns>-1 where none takes it.</returns>
    public static int Fastest(ClusterSimulation cluster, int stage)
    {
        var (best, soonest) = (-1, double.PositiveInfinity);
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
        {
            if (!cluster.CanTake(stage, machine)) continue;
            var finish = cluster.EarliestFinish(stage, machine);
            if (finish < soonest) (best, soonest) = (machine, finish);
        }
        return best;
    }

    /// <summary>The one that is left with the least room, as shares of its cores and memory.</summary>
    /// <returns>-1 where none takes it.</returns>
    public static int Tightest(ClusterSimulation cluster, int stage) => Least(cluster, stage, static (cluster, stage, machine) =>
    {
        var (state, own) = (cluster.MachineAt(machine), cluster.Problem.Machines[machine]);
        return (state.FreeCores - cluster.Problem.Cores[stage]) / own.Cores + (state.FreeMemory - cluster.Problem.Memory[stage]) / own.Memory;
    });

    /// <summary>The one that takes the least energy for it; one that must be switched on also pays its idle power (PABFD).</summary>
    /// <returns>-1 where none takes it.</returns>
    public static int Frugal(ClusterSimulation cluster, int stage) => Least(cluster, stage, static (cluster, stage, machine) =>
    {
        var own = cluster.Problem.Machines[machine];
        var joules = own.JoulesPerWork * cluster.Problem.Work[stage] * cluster.Problem.Cores[stage];
        return cluster.MachineAt(machine).Power == MachinePower.Off ? joules + own.IdleWatts * cluster.Duration(stage, machine) : joules;
    });

    private static int Least(ClusterSimulation cluster, int stage, Func<ClusterSimulation, int, int, double> value)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
        {
            if (!cluster.CanTake(stage, machine)) continue;
            var own = value(cluster, stage, machine);
            if (own < least) (best, least) = (machine, own);
        }
        return best;
    }
}
