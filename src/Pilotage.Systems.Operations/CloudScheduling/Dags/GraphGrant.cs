namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A decision that is being carried out: tasks of a stage go to free machines until its job has as many executors as it may.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Limit">Executors that its job may have; at least one more than it has.</param>
internal readonly record struct GraphGrant(int Stage, int Limit)
{
    /// <summary>Places one task, if the decision holds for one more.</summary>
    public bool TryPlace(ClusterSimulation cluster)
    {
        if (Limit == 0 || cluster.StageAt(Stage) is not { Unplaced: > 0, Waiting: 0 }) return false;
        var job = cluster.Problem.JobOf[Stage];
        if (cluster.JobAt(job).Executors >= Limit) return false;
        var machine = MachineChoices.Fastest(cluster, Stage);                             // one that knows the job needs no time to be made ready
        if (machine < 0) return false;
        cluster.Place(Stage, machine);
        return true;
    }

    /// <summary>Places the first task of a new decision: the next decision is another one.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be placed, so that the same would be asked for ever: what may be chosen was shown wrongly.</exception>
    public void PlaceFirst(ClusterSimulation cluster)
    {
        if (TryPlace(cluster)) return;
        var state = cluster.StageAt(Stage);
        throw new InvalidOperationException(FormattableString.Invariant(
            $"A limit of {Limit} executors for stage {Stage} grants nothing: its job has {cluster.JobAt(cluster.Problem.JobOf[Stage]).Executors}, the stage {state.Unplaced} tasks to place and {state.Waiting} stages to wait for. Such a limit must be masked."));
    }

    /// <summary>The unit in which the network sees times: about how long a job of the problem takes on the whole cluster.</summary>
    public static double TimeScale(ClusterProblem problem) => problem.Jobs.Average(job => job.Shape.TotalWork) / problem.Machines.Sum(machine => machine.Cores * machine.Speed);
}
