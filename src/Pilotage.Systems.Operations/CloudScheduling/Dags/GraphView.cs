using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Writes a moment of a cluster as graphs: the stages that are not done, of all jobs in the system.</summary>
/// <param name="timeScale">About how long a job takes on the whole cluster, in seconds.</param>
internal sealed class GraphView(double timeScale)
{
    private readonly GrowingArray<int> _stageOf = new();     // of each candidate of the last decision
    private readonly int[] _places = new int[1024];          // node of each stage of a job

    /// <summary>The stage of each candidate of the decision written last.</summary>
    public ReadOnlySpan<int> Stages => _stageOf.Span;

    /// <summary>Machines that take a task now.</summary>
    public static int FreeMachines(ClusterSimulation cluster)
    {
        var free = 0;
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            if (cluster.QueueLength(machine) == 0 && cluster.MachineAt(machine).Running == 0) free++;
        return free;
    }

    /// <summary>Adds a decision.</summary>
    /// <returns>Whether anything can be placed; if not, nothing is added.</returns>
    public bool Write(ClusterSimulation cluster, GraphBatch batch)
    {
        var free = FreeMachines(cluster);
        _stageOf.Clear();
        if (free == 0 || cluster.Runnable.Length == 0) return false;
        var (problem, all) = (cluster.Problem, cluster.Problem.Machines.Count);
        batch.Begin();
        foreach (var job in cluster.ActiveJobs)
        {
            var (first, end) = (problem.FirstStage[job], problem.FirstStage[job + 1]);
            var nodes = 0;
            for (var stage = first; stage < end; stage++) _places[stage - first] = cluster.StageAt(stage).Unfinished > 0 ? nodes++ : -1;
            var block = batch.AddJob(nodes);
            var isLocal = IsLocal(cluster, job);
            for (var stage = first; stage < end; stage++)
            {
                if (_places[stage - first] is not (>= 0 and var node)) continue;
                ref readonly var state = ref cluster.StageAt(stage);
                var canStart = state.Waiting == 0 && state.Unplaced > 0;
                var features = block.Features.Slice(node * GraphLayout.Features, GraphLayout.Features);
                features[0] = (float)Logarithm.Log(1 + state.Unplaced) / 5;
                features[1] = (float)Logarithm.Log(1 + problem.Work[stage] * all / timeScale) / 3;
                features[2] = (float)(state.Unfinished * problem.Work[stage] / (all * timeScale));
                features[3] = free / (float)all;
                features[4] = cluster.JobAt(job).Executors / (float)all;
                features[5] = isLocal ? 1 : 0;
                features[6] = canStart ? 1 : 0;
                features[7] = (state.Unfinished - state.Unplaced) / (float)all;
                var degree = 0;
                foreach (var child in problem.Children[stage]) block.Neighbours[node * batch.Layout.Degree + degree++] = _places[child - first];
                if (!canStart) continue;
                batch.AddCandidate(node);
                _stageOf.Add(stage);
            }
        }
        return true;
    }

    /// <summary>Which limits let a job have at least one executor more.</summary>
    public static void WriteLimits(ClusterSimulation cluster, int stage, GraphLayout layout, Span<bool> legal)
    {
        var (own, all) = (cluster.JobAt(cluster.Problem.JobOf[stage]).Executors, cluster.Problem.Machines.Count);
        for (var limit = 0; limit < legal.Length; limit++) legal[limit] = limit == legal.Length - 1 || layout.Executors(limit, all) > own;
    }

    /// <summary>Whether a free machine worked for the job last, and need not be made ready for it.</summary>
    private static bool IsLocal(ClusterSimulation cluster, int job)
    {
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            if (cluster.MachineAt(machine) is { Running: 0 } state && state.LastJob == job) return true;
        return false;
    }
}
