namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A workload as read from a file.</summary>
/// <param name="Workload">The loads.</param>
/// <param name="FilledSteps">Missing steps that were filled by interpolation.</param>
/// <param name="TimeFormat">How times were understood, for the report.</param>
internal sealed record TraceReading(Workload Workload, int FilledSteps, string TimeFormat);
