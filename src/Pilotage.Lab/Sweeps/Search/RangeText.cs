using System.Globalization;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps.Search;

/// <summary>Reads ranges as users write them, and holds them against the settings that they are for. Tells all that is wrong at once.</summary>
internal static class RangeText
{
    private const string Separator = "..", Example = "Write learningRate=1e-4..1e-2:log, epochs=2..10, epochs=2,4,8 or activation=tanh,relu.";

    /// <summary>Reads the ranges of a sweep.</summary>
    /// <param name="texts">One for each setting.</param>
    /// <param name="schema">Schema of the settings that are varied.</param>
    /// <param name="start">The record that candidates start from.</param>
    /// <returns>In the order in which they were written.</returns>
    /// <exception cref="UserMistakeException">A text is no range, names no setting or one twice, or leaves the setting's own range.</exception>
    public static IReadOnlyList<SettingRange> Read(IReadOnlyList<string> texts, SettingsSchema schema, object start)
    {
        var (ranges, problems) = (new List<SettingRange>(), new List<string>());
        foreach (var text in texts)
        {
            var where = $"--vary {text}";
            var found = new List<string>();
            if (Parse(text, where, schema, start, found) is { } range)
            {
                if (ranges.Any(other => other.Key == range.Key)) found.Add(Told("PIL2003", $"{range.Key} is varied twice.", where, "Keep one of the two."));
                else ranges.Add(range);
            }
            problems.AddRange(found);
        }
        UserMistakeException.ThrowIfAny(problems);
        return ranges;
    }

    private static SettingRange? Parse(string text, string where, SettingsSchema schema, object start, List<string> problems)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || string.IsNullOrWhiteSpace(text[(equals + 1)..]))
        {
            problems.Add(Told("PIL2001", $"{where} is not key=range.", "", Example));
            return null;
        }
        var (given, values) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        var key = schema.Keys.FirstOrDefault(known => Fold(known) == Fold(given));
        if (key is null)
        {
            problems.AddRange(ProblemsOf(schema, start, given, values, where));
            return null;
        }
        var field = FieldOf(schema, key);
        var range = field.IsList || !values.Contains(Separator, StringComparison.Ordinal) ? ListOf(key, field, values, where, problems) : IntervalOf(key, field, values, where, problems);
        if (range is null) return null;
        var wrong = range.Extremes.SelectMany(value => ProblemsOf(schema, start, key, value, where)).Distinct().ToList();
        problems.AddRange(wrong);
        return wrong.Count > 0 ? null : range;
    }

    private static SettingRange? ListOf(string key, SettingField field, string text, string where, List<string> problems)
    {
        var values = Split(text);
        var twice = values.GroupBy(value => value).FirstOrDefault(group => group.Skip(1).Any())?.Key;
        if (values.Any(value => value.Length == 0)) problems.Add(Told("PIL2001", $"{where} has an empty place between its commas.", "", Example));
        else if (twice is not null) problems.Add(Told("PIL2004", $"{key} names {twice} twice.", where, "Name each value once."));
        else if (values.Count == 1)
            problems.Add(Told("PIL2004", $"{key} has one value, {values[0]}: nothing is varied.", where, field.IsList ? "Give several lists: hidden=[64,64],[256,256]." : $"Give several, or fix it with --set {key}={values[0]}."));
        else return new(key, RangeKind.List) { Values = values };
        return null;
    }

    private static SettingRange? IntervalOf(string key, SettingField field, string text, string where, List<string> problems)
    {
        var parts = text.Split(':');
        var ends = parts[0].Split(Separator);
        if (ends.Length != 2 || !Number(ends[0], out var low) || !Number(ends[1], out var high))
        {
            problems.Add(Told("PIL2001", $"{where}: {parts[0]} is not two numbers with {Separator} between them.", "", Example));
            return null;
        }
        var (kind, points) = (RangeKind.Linear, SettingRange.UsualPoints);
        foreach (var word in parts.Skip(1))
        {
            if (word == "log") kind = RangeKind.Log;
            else if (word == "linear") kind = RangeKind.Linear;
            else if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out points) || points is < 2 or > 1000)
            {
                problems.Add(Told("PIL2001", $"{where}: {word} is neither log, linear nor a number of points from 2 to 1000.", "", Example));
                return null;
            }
        }
        var isWhole = field.Value == SettingValue.Int32 || field.Value == SettingValue.Int64;
        if (!isWhole && field.Value != SettingValue.Single && field.Value != SettingValue.Double)
            problems.Add(Told("PIL2002", $"{key} is not a number, so {parts[0]} has nothing between its ends.", where, $"Name its values: {key}={string.Join(",", field.Choices.Count > 0 ? field.Choices : ["true", "false"])}."));
        else if (!(low < high)) problems.Add(Told("PIL2002", $"{key} goes from {ends[0]} to {ends[1]}: the first must be below the second.", where, "Turn them round, or name values with commas."));
        else if (kind == RangeKind.Log && low <= 0) problems.Add(Told("PIL2002", $"{key} goes from {ends[0]} in logarithms, which 0 and numbers below it have not.", where, "Begin above 0, or leave :log out."));
        else if (isWhole && (low != Math.Floor(low) || high != Math.Floor(high))) problems.Add(Told("PIL2002", $"{key} is a whole number; {parts[0]} is not.", where, "Give whole ends."));
        else return new(key, kind) { Low = low, High = high, IsWhole = isWhole, Points = points };
        return null;
    }

    // A value that contradicts others may still fit other candidates: that is found out candidate by candidate.
    private static IEnumerable<string> ProblemsOf(SettingsSchema schema, object start, string key, string value, string where)
    {
        try
        {
            SettingsBinder.Bind(schema, start, SettingSource.FromCode([new(key, value)], where));
            return [];
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Problems.Where(problem => !problem.StartsWith("PIL0108", StringComparison.Ordinal));
        }
    }

    /// <summary>The field that a key leads to.</summary>
    /// <param name="schema">The settings.</param>
    /// <param name="key">One of its keys.</param>
    public static SettingField FieldOf(SettingsSchema schema, string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var field = schema.Fields.First(one => one.Key == (dot < 0 ? key : key[..dot]));
        return dot < 0 ? field : FieldOf(field.Nested!, key[(dot + 1)..]);
    }

    /// <summary>A key as it counts: <c>learning-rate</c> and <c>learningRate</c> are one.</summary>
    public static string Fold(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // At commas outside of brackets: [64,64],[128,128] are two lists.
    private static List<string> Split(string text)
    {
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '[') depth++;
            if (i < text.Length && text[i] == ']') depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }
        return parts;
    }

    private static bool Number(string text, out double number) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static string Told(string code, string what, string where, string advice) => new Mistake(code, what, where, advice).ToString();
}
