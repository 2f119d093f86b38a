using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.Stac;

/// <summary>What the study measures, by name; those of a task begin with its key.</summary>
internal static class StudyMetrics
{
    /// <summary>Share of evaluation steps inside the disc of the point mass.</summary>
    public const string Occupancy = "disc_occupancy";

    /// <summary>Variance of the return over the paired starts of the point mass.</summary>
    public const string Variance = "return_variance";

    /// <summary>Share of the point mass's steps in each cell of its square; instances are cells.</summary>
    public const string Cells = "cells";

    /// <summary>Seconds of an iteration of 256 updates, by interleaved pair: STAC's and twin-critic SAC's.</summary>
    public const string StacSeconds = Measurement.TimingPrefix + "stac_updates", SacSeconds = Measurement.TimingPrefix + "sac_updates";

    /// <summary>Return: mean of the final evaluation on the point mass, interquartile mean of the last ten evaluations elsewhere.</summary>
    public static string Return(StudyTask task) => task.Key + "_return";

    /// <summary>Signed value error: mean of the last five probes.</summary>
    public static string ValueError(StudyTask task) => task.Key + "_value_error";

    /// <summary>Return on validation episodes, which choose beta.</summary>
    public static string Validation(StudyTask task) => task.Key + "_validation_return";

    /// <summary>Return along the training; instances are steps.</summary>
    public static string ReturnCurve(StudyTask task) => task.Key + "_return_curve";

    /// <summary>Signed value error along the training; instances are steps.</summary>
    public static string ErrorCurve(StudyTask task) => task.Key + "_value_error_curve";

    /// <summary>The table's columns.</summary>
    public static IReadOnlyList<Metric> Table(IReadOnlyList<StudyTask> tasks) =>
    [
        .. tasks.Select(task => new Metric(Return(task), $"{task.Name}: return", HigherIsBetter: true)),
        new(Occupancy, "steps in the disc", HigherIsBetter: false),
        new(Variance, "variance of the point mass's return", HigherIsBetter: false),
        .. tasks.Select(task => new Metric(ValueError(task), $"{task.Name}: value error", HigherIsBetter: false)),
    ];
}
