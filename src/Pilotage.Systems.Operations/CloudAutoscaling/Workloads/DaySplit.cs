namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Days by use, in time order: tests always come after what was learned from.</summary>
/// <param name="Training">For tuning, learning and scaling.</param>
/// <param name="Validation">For choosing; a part of the training days in the study, days of their own for a user's problem.</param>
/// <param name="Test">For the final figures only.</param>
internal sealed record DaySplit(IReadOnlyList<WorkloadDay> Training, IReadOnlyList<WorkloadDay> Validation, IReadOnlyList<WorkloadDay> Test)
{
    /// <summary>Shares of all days, each part at least one day.</summary>
    /// <param name="days">At least 3.</param>
    /// <param name="testShare">Share of test days.</param>
    /// <param name="validationShare">Share of validation days.</param>
    public static DaySplit ByShares(IReadOnlyList<WorkloadDay> days, double testShare, double validationShare)
    {
        var test = Math.Clamp((int)Math.Round(days.Count * testShare), 1, days.Count - 2);
        var validation = Math.Clamp((int)Math.Round(days.Count * validationShare), 1, days.Count - 1 - test);
        var training = days.Count - test - validation;
        return new([.. days.Take(training)], [.. days.Skip(training).Take(validation)], [.. days.Skip(training + validation)]);
    }
}
