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
        var (seconds, joules) = Foresees ? Foreseen(cluster) : (0, 0);
        return Completion * (meter.JobSeconds + seconds) + Slowdown * meter.Slowdowns + (Joule == 0 ? 0 : Joule * (meter.TotalJoules + joules));
    }

    /// <summary>What the tasks at machines will still cost, if no others come.</summary>
    /// <returns>
    /// Seconds summed over tasks; and joules: those of the work, and the idle power of every machine until the last task of all is done. Where machines are switched off, of each until its own last task:
    /// without the idle power slow and frugal machines look cheap, on which a long task keeps all the others waiting, and on.
    /// </returns>
    public static (double Seconds, double Joules) Foreseen(ClusterSimulation cluster)
    {
        var (seconds, joules, idleWatts, end) = (0.0, 0.0, 0.0, 0.0);
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
        {
            var (own, (sum, last)) = (cluster.Problem.Machines[machine], cluster.Foresee(machine));
            seconds += sum;
            joules += own.JoulesPerWork * own.Speed * own.Cores * cluster.Backlog(machine);
            if (cluster.Rules.PowersDown) joules += own.IdleWatts * last;
            (idleWatts, end) = (idleWatts + own.IdleWatts, Math.Max(end, last));
        }
        return (seconds, cluster.Rules.PowersDown ? joules : joules + idleWatts * end);
    }
}
