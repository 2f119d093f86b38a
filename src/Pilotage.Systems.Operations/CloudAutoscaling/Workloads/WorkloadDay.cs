namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One episode of a workload: a day of steps inside one unbroken segment.</summary>
/// <param name="Number">From 1, over the whole workload, in time order.</param>
/// <param name="Start">Index of its first step in the loads.</param>
/// <param name="SegmentStart">Index where its unbroken segment begins; nothing before it is that day's past.</param>
/// <param name="ClockStep">Step of the clock's day at which it begins, in [0, steps per day).</param>
internal readonly record struct WorkloadDay(int Number, int Start, int SegmentStart, int ClockStep);
