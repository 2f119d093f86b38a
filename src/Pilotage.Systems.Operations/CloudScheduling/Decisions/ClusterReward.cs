namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What a stretch of time costs, as a reward. Summed over an episode it is minus the weighted sum of the jobs' completion times, of their slowdowns and of the energy.</summary>
/// <param name="Completion">Weight of a second that a job is in the system.</param>
/// <param name="Slowdown">Weight of a second over the job's ideal time.</param>
/// <param name="Joule">Weight of a joule.</param>
/// <param name="Foresees">
/// Whether a task's seconds and joules are counted when it is given to a machine, as far as they can be foreseen, instead of as they go by. A potential that is 0 where an episode begins and ends changes no
/// episode's sum (Ng, Harada and Russell, ICML 1999), but a placement is told at once what it does.
/// </param>
internal sealed record ClusterReward(double Completion, double Slowdown = 0, double Joule = 0, bool Foresees = false)
{
    /// <summary>The whole cost until now.</summary>
    public double Cost(ClusterSimulation cluster)
    {
        var meter = cluster.Meter;
        return Completion * (meter.JobSeconds + (Foresees ? cluster.ForeseenSeconds() : 0)) + Slowdown * meter.Slowdowns + (Joule == 0 ? 0 : Joule * (meter.TotalJoules + (Foresees ? cluster.ForeseenJoules() : 0)));
    }
}
