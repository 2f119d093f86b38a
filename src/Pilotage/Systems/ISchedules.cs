namespace Pilotage.Systems;

/// <summary>A system that gives a user's jobs to a user's machines by one rule or one trained policy.</summary>
public interface ISchedules
{
    /// <summary>Rules that may be named in the place of a policy.</summary>
    IReadOnlyList<string> Rules { get; }

    /// <summary>Schedules, and writes when each task runs where.</summary>
    /// <param name="request">Files, policy, settings and output folder.</param>
    /// <returns>What to print and to keep.</returns>
    /// <exception cref="UserMistakeException">Files, policy or settings cannot be used; holds all problems.</exception>
    ApplyReport Schedule(ScheduleRequest request);
}
