using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>An application's own figures: how often each word is said before and after, and how many tokens were protected.</summary>
internal static class ApplyWords
{
    private const string Protected = "protected_share";

    /// <summary>Both figures.</summary>
    /// <param name="before">Answers of the start.</param>
    /// <param name="after">Answers of the trained policy.</param>
    /// <param name="record">What was recorded between.</param>
    /// <param name="sparks">Words to tell from the others; case does not count.</param>
    public static IReadOnlyList<Plot> Plots(AnswerScores before, AnswerScores after, TrainingRecord record, IReadOnlyList<string> sparks)
    {
        var (old, now) = (Rates(before), Rates(after));
        ScatterPoint[] points = [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Select(word => Point(word, old.GetValueOrDefault(word), now.GetValueOrDefault(word), sparks))];
        List<Plot> plots = [];
        if (points.Length > 0)
            plots.Add(new ScatterPlot("words", "Words of answers before and after", new("before", "share of words"), new("after", "share of words"), points) { Note = "One point a word of the answers to test problems; the rare words that were asked for are named." });
        var (steps, shares) = record.Curve(Protected);
        if (steps.Length > 1) plots.Add(new LinePlot("protected", "Protected tokens", new("iterations"), new("protected tokens", "share"), [new("trained", steps, shares)]));
        return plots;
    }

    /// <summary>How often each word is said: its share of all words.</summary>
    internal static Dictionary<string, double> Rates(AnswerScores scores)
    {
        string[] words = [.. scores.Groups.SelectMany(group => group.Responses).SelectMany(response => response.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(word => word.Trim('.', ',', ';', ':', '!', '?').ToLowerInvariant()).Where(word => word.Length > 0)];
        return words.CountBy(word => word, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => (double)pair.Value / words.Length, StringComparer.Ordinal);
    }

    private static ScatterPoint Point(string word, double before, double after, IReadOnlyList<string> sparks)
    {
        var isSpark = sparks.Contains(word, StringComparer.OrdinalIgnoreCase);
        return new(isSpark ? word : "", before, after, isSpark ? ArmKind.Method : ArmKind.Baseline);
    }
}
