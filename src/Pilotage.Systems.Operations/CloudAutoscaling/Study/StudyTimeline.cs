using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One test day in pieces of ten minutes, kept as measurements, so that a resumed study still has it for its figures.</summary>
internal static class StudyTimeline
{
    /// <summary>Mean machines that serve in a piece.</summary>
    public const string Serving = "timeline_serving";

    /// <summary>Share of a piece's steps that violate the service level.</summary>
    public const string Violating = "timeline_violating";

    private const int Steps = 10;

    /// <summary>A day's steps as measurements.</summary>
    /// <param name="steps">All steps of the day.</param>
    /// <param name="instance">The day.</param>
    public static IEnumerable<Measurement> Of(ServiceStep[] steps, string instance) => steps.Chunk(Steps).SelectMany((piece, i) => new Measurement[]
    {
        new(Serving, Path(instance, i), piece.Average(step => step.Serving)),
        new(Violating, Path(instance, i), piece.Average(step => step.IsViolation ? 1.0 : 0)),
    });

    /// <summary>The pieces of an arm's first seed, in time order; empty if it did not run on that day.</summary>
    public static IReadOnlyList<double> Read(StudyResults results, string arm, string metric) => [.. results.Values(arm, 0, metric).Values];

    /// <summary>Mean load of each piece, in machines that it would fill.</summary>
    public static IReadOnlyList<double> Load(StudyCell cell, WorkloadDay day) =>
        [.. cell.Trace.Workload.Loads.Skip(day.Start).Take(cell.Trace.Workload.StepsPerDay).Chunk(Steps).Select(piece => piece.Average() / cell.Model.VmRequests)];

    /// <summary>Hour of each piece's beginning.</summary>
    public static IReadOnlyList<double> Hours(StudyCell cell) =>
        [.. Enumerable.Range(0, (cell.Trace.Workload.StepsPerDay + Steps - 1) / Steps).Select(i => i * Steps * cell.Trace.Workload.StepSeconds / 3600)];

    private static string Path(string instance, int piece) => FormattableString.Invariant($"{instance}/{piece:000}");
}
