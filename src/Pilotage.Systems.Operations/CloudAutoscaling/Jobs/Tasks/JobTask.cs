namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One task of a job.</summary>
/// <param name="Name">Unique in its job.</param>
/// <param name="Work">Seconds that it takes on a machine of speed 1; above 0.</param>
/// <param name="After">Names of the tasks that must be finished before; none in a bag of tasks.</param>
internal sealed record JobTask(string Name, double Work, IReadOnlyList<string> After);
