using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>An algorithm that competes on a user's cluster, and how it did.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Make">Makes the scheduler; the seeds are for what draws.</param>
internal sealed record Competitor(string Name, Func<SeedTree, IScheduler> Make)
{
    /// <summary>The learned policy; <see langword="null"/> for a rule.</summary>
    public IPolicy? Policy { get; init; }

    /// <summary>How the learned policy sees a cluster; <see langword="null"/> for a rule.</summary>
    public IDecisionView? View { get; init; }

    /// <summary>Mean of the weighted sum on validation sequences: by this the best is chosen.</summary>
    public double Validation { get; init; }

    /// <summary>On each test sequence.</summary>
    public IReadOnlyList<ScheduleFigures> Tests { get; init; } = [];

    /// <summary>On the user's jobs as they are.</summary>
    public required ScheduleFigures Actual { get; init; }

    /// <summary>What happened on the user's jobs.</summary>
    public ScheduleLog Log { get; init; } = new();

    /// <summary>Microseconds a decision on the user's jobs; a time, which no run repeats.</summary>
    public double DecisionMicroseconds { get; init; }

    /// <summary>Runs an algorithm on the user's jobs as they are.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="make">Makes the scheduler.</param>
    /// <param name="problem">Machines and jobs.</param>
    /// <param name="rules">What machines do on their own.</param>
    /// <param name="seeds">For what draws.</param>
    public static Competitor OnJobs(string name, Func<SeedTree, IScheduler> make, ClusterProblem problem, ClusterRules rules, SeedTree seeds)
    {
        var (cluster, log, decisions) = (new ClusterSimulation(rules), new ScheduleLog(), 0L);
        cluster.Begin(problem, log);
        var scheduler = make(seeds.Branch("actual"));
        scheduler.Begin(cluster);
        var start = TimeProvider.System.GetTimestamp();
        for (; cluster.Advance(); decisions++) scheduler.Decide(cluster);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        return new(name, make) { Actual = ScheduleFigures.Of(cluster), Log = log, DecisionMicroseconds = 1e6 * seconds / decisions };
    }
}
