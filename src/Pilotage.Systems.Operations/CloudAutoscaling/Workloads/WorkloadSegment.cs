namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>An unbroken stretch of a workload.</summary>
/// <param name="Start">Index of its first step in the loads.</param>
/// <param name="Length">Steps.</param>
/// <param name="ClockStep">Step of the clock's day at which it begins.</param>
internal readonly record struct WorkloadSegment(int Start, int Length, int ClockStep);
