namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Which task a <see cref="CompletionRule"/> maps next.</summary>
internal enum CompletionOrder
{
    /// <summary>The one that could be done soonest.</summary>
    MinMin,

    /// <summary>The one whose soonest end is latest.</summary>
    MaxMin,

    /// <summary>The one that loses most if it does not get its best machine.</summary>
    Suffrage,
}

/// <summary>Maps all waiting tasks by their earliest ends, again at each event; the first one mapped that can begin now does.</summary>
/// <remarks>Maheswaran et al., "Dynamic mapping of a class of independent tasks", JPDC 59 (1999), batch mode: what has not begun may be mapped otherwise the next time.</remarks>
internal sealed class CompletionRule(CompletionOrder order) : IScheduler
{
    private double[] _extra = [];                        // seconds that tasks mapped before would keep each machine
    private int[] _left = [];                            // tasks of each runnable stage that are not mapped

    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var problem = cluster.Problem;
        var runnable = cluster.Runnable;
        var machines = problem.Machines.Count;
        if (_extra.Length != machines) _extra = new double[machines];
        if (_left.Length < runnable.Length) _left = new int[2 * runnable.Length];
        _extra.AsSpan().Clear();
        for (var i = 0; i < runnable.Length; i++) _left[i] = cluster.StageAt(runnable[i]).Unplaced;
        for (var free = Free(cluster); free > 0;)
        {
            var (best, bestMachine, bestValue) = (-1, -1, double.NegativeInfinity);
            for (var i = 0; i < runnable.Length; i++)
            {
                if (_left[i] == 0) continue;
                var (machine, first, second) = Ends(cluster, runnable[i]);
                var value = order switch { CompletionOrder.MinMin => -first, CompletionOrder.MaxMin => first, _ => second - first };
                if (best < 0 || value > bestValue) (best, bestMachine, bestValue) = (i, machine, value);
            }
            if (best < 0) break;
            if (_extra[bestMachine] == 0 && cluster.CanTake(runnable[best], bestMachine))
            {
                cluster.Place(runnable[best], bestMachine);
                return;
            }
            _left[best]--;
            if (_extra[bestMachine] == 0) free -= cluster.QueueLength(bestMachine) == 0 && cluster.MachineAt(bestMachine).FreeCores > 0 ? 1 : 0;   // it is spoken for
            _extra[bestMachine] += problem.Work[runnable[best]] * problem.Cores[runnable[best]] / (cluster.MachineAt(bestMachine).Speed * problem.Machines[bestMachine].Cores);
        }
        cluster.Wait();
    }

    // Machines where something might begin: once they are all spoken for, mapping on changes nothing now.
    private static int Free(ClusterSimulation cluster)
    {
        var free = 0;
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            if (cluster.QueueLength(machine) == 0 && cluster.MachineAt(machine).FreeCores > 0) free++;
        return free;
    }

    private (int Machine, double First, double Second) Ends(ClusterSimulation cluster, int stage)
    {
        var (best, first, second) = (-1, double.PositiveInfinity, double.PositiveInfinity);
        for (var machine = 0; machine < _extra.Length; machine++)
        {
            if (!cluster.Problem.CouldRun(stage, machine)) continue;
            var end = cluster.EarliestFinish(stage, machine) + _extra[machine];
            if (end < first) (best, first, second) = (machine, end, first);
            else if (end < second) second = end;
        }
        return (best, first, double.IsFinite(second) ? second : first);
    }
}
