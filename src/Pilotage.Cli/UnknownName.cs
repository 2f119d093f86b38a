using Pilotage.Settings;

namespace Pilotage.Cli;

/// <summary>The message for a name that does not exist.</summary>
internal static class UnknownName
{
    /// <summary>Names what was asked for, the nearest known name, and where all of them stand.</summary>
    /// <param name="kind">Singular: system, environment, algorithm, data set.</param>
    /// <param name="given">As typed.</param>
    /// <param name="known">All names of this kind.</param>
    /// <param name="list">The command that shows them.</param>
    /// <returns>To be thrown.</returns>
    public static UserMistakeException Mistake(string kind, string given, IEnumerable<string> known, string list)
    {
        return new(new Mistake("PIL0406", $"There is no {kind} \"{given}\".", "", $"{Meant(given, known)}{list} shows what there is.").ToString());
    }

    /// <summary>A question for messages, with a blank at its end; empty if no name is near.</summary>
    public static string Meant(string given, IEnumerable<string> known) => NearestName.Suggest(given, known) is { } nearest ? $"Did you mean {nearest}? " : "";
}
