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

    /// <summary>The machine where the task's time and what it adds to the energy are least, both in seconds; at 0 seconds a joule the machine where it is done soonest.</summary>
    /// <param name="secondsPerJoule">What a joule counts.</param>
    /// <remarks>The energy is that of the work, and the idle power of all machines for as long as the task would be the last to end: of its own machine alone where machines are switched off.</remarks>
    public static DispatchRule LeastCost(double secondsPerJoule) => new((cluster, stage) =>
    {
        var (problem, end, idleWatts) = (cluster.Problem, 0.0, 0.0);
        for (var machine = 0; machine < problem.Machines.Count; machine++) (end, idleWatts) = (Math.Max(end, cluster.Foresee(machine).Last), idleWatts + problem.Machines[machine].IdleWatts);
        var (best, least) = (-1, double.PositiveInfinity);
        for (var machine = 0; machine < problem.Machines.Count; machine++)
        {
            if (!problem.CouldRun(stage, machine)) continue;
            var (own, seconds) = (problem.Machines[machine], cluster.EarliestFinish(stage, machine) - cluster.Now);
            var idle = cluster.Rules.PowersDown ? own.IdleWatts * Math.Max(0, seconds - cluster.Foresee(machine).Last) : idleWatts * Math.Max(0, seconds - end);
            var cost = seconds + secondsPerJoule * (own.JoulesPerWork * problem.Work[stage] * problem.Cores[stage] + idle);
            if (cost < least) (best, least) = (machine, cost);
        }
        return best;
    });

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
