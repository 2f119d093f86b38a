namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Plans the jobs of a moment when they come, and sends each task to its planned machine when it may run, in the planned order.</summary>
/// <remarks>The plan knows neither the time that a machine needs for another job nor that machines boot; what it gets wrong is made good by the machines' queues.</remarks>
/// <param name="plan"><see cref="Heft.Plan"/> or <see cref="Cpop.Plan"/>.</param>
internal sealed class PlanRule(Func<PlanGraph, LaneTimes, double, PlannedTasks> plan) : IScheduler
{
    private const int MostEdges = 64;                    // between two stages
    private readonly Dictionary<int, Queue<(int Machine, double Start)>> _planned = [];
    private LaneTimes _lanes = new(0);
    private int[] _machineOf = [];
    private int _seen;

    /// <inheritdoc/>
    public void Begin(ClusterSimulation cluster)
    {
        var (problem, lanes) = (cluster.Problem, new List<int>());
        var (cores, memory) = (problem.Cores.Max(), Math.Max(1e-12, problem.Memory.Max()));
        // A machine has as many lanes as of the largest tasks fit beside each other, one at least.
        for (var machine = 0; machine < problem.Machines.Count; machine++)
        {
            var own = problem.Machines[machine];
            lanes.AddRange(Enumerable.Repeat(machine, (int)Math.Max(1, Math.Floor(Math.Min(own.Cores / cores, own.Memory / memory) + 1e-9))));
        }
        (_machineOf, _lanes, _seen) = ([.. lanes], new(lanes.Count), 0);
        _planned.Clear();
    }

    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        if (cluster.ActiveJobs[^1] >= _seen) PlanNew(cluster);
        var stage = cluster.Runnable[0];
        var (machine, start) = _planned[stage].Dequeue();
        cluster.Place(stage, machine, start);
    }

    private void PlanNew(ClusterSimulation cluster)
    {
        var last = cluster.ActiveJobs[^1];
        var (graph, stageOf) = Graph(cluster, _seen, last);
        var planned = plan(graph, _lanes, cluster.Now);
        for (var task = 0; task < stageOf.Length; task++)
        {
            if (stageOf[task] < 0) continue;
            if (!_planned.TryGetValue(stageOf[task], out var queue)) _planned[stageOf[task]] = queue = new();
            queue.Enqueue((_machineOf[planned.Lane[task]], planned.Start[task]));
        }
        _seen = last + 1;
        _lanes.Forget(cluster.Now);
    }

    // Every task of every stage. Between stages of many tasks stands one task that costs nothing, instead of an edge from each to each.
    private (PlanGraph Graph, int[] StageOf) Graph(ClusterSimulation cluster, int firstJob, int lastJob)
    {
        var (problem, free) = (cluster.Problem, new double[_machineOf.Length]);
        var (stageOf, costs, edges, begin) = (new List<int>(), new List<double[]>(), new List<(int, int, double)>(), new Dictionary<int, int>());
        for (var stage = problem.FirstStage[firstJob]; stage < problem.FirstStage[lastJob + 1]; stage++)
        {
            begin[stage] = stageOf.Count;
            double[] own = [.. _machineOf.Select(machine => problem.CouldRun(stage, machine) ? problem.Work[stage] / problem.Machines[machine].Speed : double.PositiveInfinity)];
            stageOf.AddRange(Enumerable.Repeat(stage, problem.Tasks[stage]));
            costs.AddRange(Enumerable.Repeat(own, problem.Tasks[stage]));
        }
        foreach (var (stage, parents) in begin)
            foreach (var child in problem.Children[stage])
            {
                var bytes = problem.BytesFrom[child].Where(from => from.Parent == stage).Sum(from => from.Bytes);
                var transfer = bytes / problem.Tasks[stage] / cluster.Rules.BytesPerSecond;
                var (own, children) = (Enumerable.Range(parents, problem.Tasks[stage]), Enumerable.Range(begin[child], problem.Tasks[child]));
                if (problem.Tasks[stage] * problem.Tasks[child] <= MostEdges) edges.AddRange(own.SelectMany(from => children.Select(to => (from, to, transfer))));
                else
                {
                    edges.AddRange(own.Select(from => (from, stageOf.Count, 0.0)));
                    edges.AddRange(children.Select(to => (stageOf.Count, to, transfer)));
                    stageOf.Add(-1);
                    costs.Add(free);
                }
            }
        return (new([.. costs], edges, _machineOf), [.. stageOf]);
    }
}
