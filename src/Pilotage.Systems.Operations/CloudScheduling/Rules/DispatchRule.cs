namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Sends each task, as soon as it may run, to the queue of a machine.</summary>
/// <param name="choose">The machine for a stage's task; one that could run it.</param>
internal sealed class DispatchRule(Func<ClusterSimulation, int, int> choose) : IScheduler
{
    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var stage = cluster.Runnable[0];
        cluster.Place(stage, choose(cluster, stage));
    }

    /// <summary>The machine whose cores are free soonest; among equal ones the fastest. With queues in order of arrival: first come first served, least loaded.</summary>
    public static DispatchRule LeastLoaded() => new(static (cluster, stage) => Smallest(cluster, stage, static (cluster, _, machine) => (cluster.Backlog(machine), -cluster.MachineAt(machine).Speed)));

    /// <summary>The machine where the task is done soonest: what HEFT does with tasks that nothing waits for.</summary>
    public static DispatchRule EarliestFinish() => new(static (cluster, stage) => Smallest(cluster, stage, static (cluster, stage, machine) => (cluster.EarliestFinish(stage, machine), 0)));

    /// <summary>Round and round.</summary>
    public static DispatchRule RoundRobin()
    {
        var last = -1;
        return new((cluster, stage) =>
        {
            do last = (last + 1) % cluster.Problem.Machines.Count;
            while (!cluster.Problem.CouldRun(stage, last));
            return last;
        });
    }

    /// <summary>Any machine that could run it.</summary>
    public static DispatchRule Random(SeedTree seeds)
    {
        var random = seeds.Start();
        return new((cluster, stage) =>
        {
            int machine;
            do machine = random.NextInt(cluster.Problem.Machines.Count);
            while (!cluster.Problem.CouldRun(stage, machine));
            return machine;
        });
    }

    private static int Smallest(ClusterSimulation cluster, int stage, Func<ClusterSimulation, int, int, (double First, double Second)> value)
    {
        var (best, least) = (-1, (First: double.PositiveInfinity, Second: double.PositiveInfinity));
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
        {
            if (!cluster.Problem.CouldRun(stage, machine)) continue;
            var own = value(cluster, stage, machine);
            if (best < 0 || own.First < least.First || (own.First == least.First && own.Second < least.Second)) (best, least) = (machine, own);
        }
        return best;
    }
}
