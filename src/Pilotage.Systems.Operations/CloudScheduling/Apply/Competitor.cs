using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>An algorithm that competes on a user's cluster, and how it did.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Make">Makes the scheduler; the seeds are for what draws.</param>
internal sealed record Competitor(string Name, Func<SeedTree, IScheduler> Make)
{
    /// <summary>The learned policy; <see langword="null"/> for a rule.</summary>
    public IPolicy? Policy { get; init; }

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
}
