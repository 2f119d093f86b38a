namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What a user hands in: stages that wait for each other, from a moment on.</summary>
/// <param name="Name">Unique in its problem.</param>
/// <param name="Arrival">Seconds after the beginning.</param>
/// <param name="Shape">Its stages.</param>
/// <param name="Weight">What its waiting counts, above 0.</param>
/// <param name="Deadline">When it should be done, in seconds after the beginning; infinity for none.</param>
internal sealed record Job(string Name, double Arrival, JobShape Shape, double Weight = 1, double Deadline = double.PositiveInfinity)
{
    /// <summary>A job of one task.</summary>
    public static Job Single(string name, double arrival, double work, double cores = 1, double memory = 0, double deadline = double.PositiveInfinity) =>
        new(name, arrival, JobShape.Create([new("task", 1, work, cores, memory)], []), 1, deadline);
}
