namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A plan for what is left of a job: each task, longest tail first, on the machine that would finish it first.</summary>
/// <remarks>
/// Source: Topcuoglu, Hariri, Wu, IEEE TPDS 13(3), 2002 (HEFT), without transfer times and without insertion into gaps. Running tasks stay where they are. Added
/// machines arrive as decisions allow: so many of a pool a step.
/// </remarks>
internal sealed class ListSchedule
{
    private readonly List<Slot> _slots = [];
    private double[] _ends = [];

    /// <summary>When the last task would be finished, in seconds since the episode began.</summary>
    public double Makespan { get; private set; }

    /// <summary>What the added machines, each until its last task, and the present ones would cost from now on, at today's prices.</summary>
    public double Cost { get; private set; }

    /// <summary>Plans.</summary>
    /// <param name="run">The running job; with at least one machine, or some added.</param>
    /// <param name="added">On-demand machines to be added, by type.</param>
    public void Plan(JobRun run, ReadOnlySpan<int> added)
    {
        var (model, graph, settings) = (run.Model, run.Graph, run.Model.Settings);
        _slots.Clear();
        if (_ends.Length < graph.Count) _ends = new double[graph.Count];
        foreach (ref readonly var machine in run.Machines)
        {
            if (machine.Task >= 0) _ends[machine.Task] = machine.FinishesAt;
            _slots.Add(new(machine.Pool, run.Now, machine.Task >= 0 ? machine.FinishesAt : Math.Max(run.Now, machine.ReadyAt)));
        }
        for (var type = 0; type < added.Length; type++)
            for (var i = 0; i < added[type]; i++)
            {
                var launch = run.Now + i / settings.LargestAddition * settings.StepSeconds;
                _slots.Add(new(type, launch, launch + settings.BootSeconds));
            }

        Makespan = run.Now;
        foreach (var task in graph.ByTail)
        {
            if (run.IsDone(task)) continue;
            if (run.IsReady(task) || !IsRunning(run, task)) Place(run, task);
            Makespan = Math.Max(Makespan, _ends[task]);
        }
        Cost = 0;
        foreach (var slot in _slots)
            if (slot.IsUsed || slot.Free > run.Now) Cost += model.Price(slot.Pool, run.MarketStep) * (slot.Free - slot.From) / 3600;
    }

    private void Place(JobRun run, int task)
    {
        var ready = run.Now;
        foreach (var before in run.Graph.Predecessors(task))
            if (!run.IsDone(before)) ready = Math.Max(ready, _ends[before]);
        var (best, end) = (-1, double.PositiveInfinity);
        for (var i = 0; i < _slots.Count; i++)
        {
            var finish = Math.Max(ready, _slots[i].Free) + run.Remaining(task) / run.Model.Speed(_slots[i].Pool);
            if (finish < end) (best, end) = (i, finish);
        }
        _ends[task] = end;
        if (best >= 0) _slots[best] = _slots[best] with { Free = end, IsUsed = true };
    }

    private static bool IsRunning(JobRun run, int task)
    {
        foreach (ref readonly var machine in run.Machines)
            if (machine.Task == task) return true;
        return false;
    }

    private readonly record struct Slot(int Pool, double From, double Free, bool IsUsed = false);
}
