using System.Globalization;

namespace Pilotage.Cli.Printing;

/// <summary>How long something takes, in a user's words.</summary>
internal static class Duration
{
    /// <summary>Rounded to seconds, minutes or hours.</summary>
    /// <param name="minutes">Above 0.</param>
    public static string OfMinutes(double minutes) =>
        minutes < 1 ? Of(Math.Max(1, minutes * 60), "second") : minutes < 120 ? Of(minutes, "minute") : Of(minutes / 60, "hour");

    private static string Of(double number, string unit)
    {
        var rounded = Math.Round(number);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded:0} {unit}{(rounded == 1 ? "" : "s")}");
    }
}
