namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Equal tasks of a job that may run beside each other.</summary>
/// <param name="Name">Unique in its job.</param>
/// <param name="Tasks">How many, at least 1.</param>
/// <param name="Work">Of each task: seconds on a machine of speed 1, above 0.</param>
/// <param name="Cores">Cores that each task holds while it runs, above 0.</param>
/// <param name="Memory">Memory that each task holds while it runs.</param>
/// <param name="OutputBytes">Bytes that all its tasks together leave for each stage that waits for it.</param>
internal sealed record Stage(string Name, int Tasks, double Work, double Cores = 1, double Memory = 0, double OutputBytes = 0)
{
    /// <summary>Core-seconds at speed 1 of all its tasks.</summary>
    public double TotalWork => Tasks * Work * Cores;
}
