namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One episode: a job, the time that it is allowed, and when it begins in the market's history.</summary>
/// <param name="Graph">The tasks.</param>
/// <param name="DeadlineSeconds">From the beginning; above 0.</param>
/// <param name="Start">Step of the market's history at which it begins.</param>
internal sealed record JobCase(TaskGraph Graph, double DeadlineSeconds, int Start);
