using System.Globalization;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Lab.Printing;

/// <summary>Where a run's time went, in one line.</summary>
internal static class TimingLine
{
    private static readonly string[] Places = ["environment", "act", "learn"];

    /// <summary>Seconds, speed and shares; only the seconds where a run tells no more.</summary>
    public static string Of(StudyReport report)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:0.0} s");
        var sum = Places.Sum(place => report.Timing.GetValueOrDefault(place));
        if (report.Timing.TryGetValue("stepsPerSecond", out var speed)) text += string.Create(CultureInfo.InvariantCulture, $", {speed:N0} steps/s");
        if (sum > 0) text += $" ({string.Join(", ", Places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place} {100 * report.Timing.GetValueOrDefault(place) / sum:0} %")))})";
        return text;
    }
}
