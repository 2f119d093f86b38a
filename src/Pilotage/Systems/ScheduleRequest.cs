using Pilotage.Tensors;

namespace Pilotage.Systems;

/// <summary>Jobs that are to be scheduled.</summary>
/// <param name="Settings">The system's settings record.</param>
/// <param name="Jobs">Path of the jobs, as the user gave it.</param>
/// <param name="Machines">Path of the machines, as the user gave it.</param>
/// <param name="Policy">One of <see cref="ISchedules.Rules"/>, or the folder of a policy or of the run that made it.</param>
/// <param name="Seed">Root of the seed tree, for rules that draw.</param>
/// <param name="OutputFolder">Where files are kept; exists and is writable.</param>
public sealed record ScheduleRequest(object Settings, string Jobs, string Machines, string Policy, long Seed, string OutputFolder)
{
    /// <summary>Where tensors are computed.</summary>
    public Device Device { get; init; } = Device.Managed;
}
