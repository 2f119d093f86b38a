using System.Globalization;
using Pilotage.Numerics;

namespace Pilotage.Lab.Sweeps.Search;

/// <summary>The values that a sweep may give one setting, and where each of them lies between 0 and 1.</summary>
/// <param name="Key">The setting, as its schema spells it: <c>ppo.learningRate</c>.</param>
/// <param name="Kind">How its values lie.</param>
internal sealed record SettingRange(string Key, RangeKind Kind)
{
    /// <summary>What a user takes the place of a grid's number of points: two ends and the middle.</summary>
    public const int UsualPoints = 3;

    /// <summary>The values of a list, as settings take them; empty for an interval.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Lower end of an interval.</summary>
    public double Low { get; init; }

    /// <summary>Upper end of an interval.</summary>
    public double High { get; init; }

    /// <summary>Whether an interval holds whole numbers alone.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Points of an interval on a grid, at least 2.</summary>
    public int Points { get; init; } = UsualPoints;

    /// <summary>Whether neighbours are alike: an interval, or a list of numbers that rise. Other lists are names.</summary>
    public bool IsOrdered => Kind != RangeKind.List || Values.Count > 1 && Values.Zip(Values.Skip(1), (a, b) => Number(a) < Number(b)).All(rises => rises);

    /// <summary>How many values there are; <see langword="null"/> for a continuum.</summary>
    public long? Count => Kind == RangeKind.List ? Values.Count : IsWhole ? (long)(High - Low) + 1 : null;

    /// <summary>The ends of an interval, or all values of a list: what must be allowed before anything runs.</summary>
    public IReadOnlyList<string> Extremes => Kind == RangeKind.List ? Values : [Text(Low), Text(High)];

    /// <summary>The values on a grid, in the order of the range, none twice.</summary>
    public IReadOnlyList<string> Grid => Kind == RangeKind.List ? Values : [.. Enumerable.Range(0, Points).Select(i => Text(Between((double)i / (Points - 1)))).Distinct()];

    /// <summary>The value at a place.</summary>
    /// <param name="place">In [0, 1]; equal shares of it for each value of a list and for each whole number of a linear interval.</param>
    /// <returns>As settings take it; a real number in four digits, so that people can say it.</returns>
    public string At(double place)
    {
        if (Kind == RangeKind.List) return Values[Math.Min(Values.Count - 1, (int)(place * Values.Count))];
        return Kind == RangeKind.Linear && IsWhole ? Text(Math.Min(High, Low + Math.Floor(place * (High - Low + 1)))) : Text(Between(place));
    }

    /// <summary>Where a value lies, the other way round from <see cref="At"/>.</summary>
    /// <param name="value">A value as text.</param>
    /// <returns>The middle of its share for lists and whole numbers; outside of [0, 1] for a number beyond the interval; NaN for what is in no list or no number.</returns>
    public double PlaceOf(string value)
    {
        if (Kind == RangeKind.List)
        {
            var index = Values.ToList().IndexOf(value);
            return index < 0 ? double.NaN : (index + 0.5) / Values.Count;
        }
        var number = Number(value);
        if (Kind == RangeKind.Log) return number > 0 ? (Logarithm.Log(number) - Logarithm.Log(Low)) / (Logarithm.Log(High) - Logarithm.Log(Low)) : double.NaN;
        return IsWhole ? (number - Low + 0.5) / (High - Low + 1) : (number - Low) / (High - Low);
    }

    /// <summary>The range as users write it.</summary>
    public override string ToString() => Kind == RangeKind.List ? $"{Key}={string.Join(",", Values)}" : $"{Key}={Text(Low)}..{Text(High)}{(Kind == RangeKind.Log ? ":log" : "")}";

    private double Between(double share) => share <= 0 ? Low : share >= 1 ? High
        : Kind == RangeKind.Log ? Exponential.Exp(Logarithm.Log(Low) + share * (Logarithm.Log(High) - Logarithm.Log(Low)))
        : Low + share * (High - Low);

    private string Text(double number)
    {
        if (IsWhole) return Math.Clamp(Math.Round(number), Low, High).ToString("F0", CultureInfo.InvariantCulture);
        if (number == Low || number == High) return number.ToString("R", CultureInfo.InvariantCulture);
        var short4 = double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(short4, Low, High).ToString("R", CultureInfo.InvariantCulture);
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
