namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Lets the job that has least of what is its due place its next task.</summary>
/// <param name="share">What a job has of its due; small first. Equal ones keep the order of arrival.</param>
/// <param name="choose">The machine for it, of those that take it now.</param>
internal sealed class ShareRule(Func<ClusterSimulation, int, double> share, Func<ClusterSimulation, int, int> choose) : IScheduler
{
    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var (bestStage, bestMachine, least) = (-1, -1, double.PositiveInfinity);
        foreach (var stage in cluster.Runnable)
        {
            var own = share(cluster, cluster.Problem.JobOf[stage]);
            if (own >= least) continue;
            var machine = choose(cluster, stage);
            if (machine >= 0) (bestStage, bestMachine, least) = (stage, machine, own);
        }
        if (bestStage < 0) cluster.Wait();
        else cluster.Place(bestStage, bestMachine);
    }

    /// <summary>Dominant resource fairness: a job's due is its weight in the resource of which it holds the largest share. Ghodsi et al., NSDI 2011, Algorithm 1.</summary>
    /// <remarks>What a job holds is counted by its first stage's demand, which is exact for jobs of equal tasks.</remarks>
    public static ShareRule DominantResource() => new((cluster, job) =>
    {
        var (problem, stage) = (cluster.Problem, cluster.Problem.FirstStage[job]);
        var (cores, memory) = (0.0, 0.0);
        foreach (var machine in problem.Machines) (cores, memory) = (cores + machine.Cores, memory + machine.Memory);
        return cluster.JobAt(job).Executors * Math.Max(problem.Cores[stage] / cores, problem.Memory[stage] / memory) / problem.Jobs[job].Weight;
    }, MachineChoices.Fastest);

    /// <summary>Weighted fair: a job's due in executors is proportional to its work to a power. 0: all the same; negative: small jobs first.</summary>
    public static ShareRule Fair(double power) => new((cluster, job) => cluster.JobAt(job).Executors / (cluster.Problem.Jobs[job].Weight * Math.Pow(cluster.Problem.Jobs[job].Shape.TotalWork, power)), MachineChoices.Fastest);
}
