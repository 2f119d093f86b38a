using System.Globalization;

namespace Pilotage.Evaluation;

/// <summary>The values of an effect for which a claim holds.</summary>
/// <param name="Low">Lower border; negative infinity for none.</param>
/// <param name="High">Upper border; positive infinity for none.</param>
public readonly record struct Region(double Low, double High)
{
    /// <summary>The claim holds above a value.</summary>
    /// <param name="value">The border, outside the region.</param>
    /// <returns>The region.</returns>
    public static Region Above(double value) => new(value, double.PositiveInfinity);

    /// <summary>The claim holds below a value.</summary>
    /// <param name="value">The border, outside the region.</param>
    /// <returns>The region.</returns>
    public static Region Below(double value) => new(double.NegativeInfinity, value);

    /// <summary>The claim holds near a value.</summary>
    /// <param name="value">The centre.</param>
    /// <param name="margin">Half the width, above 0.</param>
    /// <returns>The region.</returns>
    public static Region Within(double value, double margin) => new(value - margin, value + margin);

    /// <summary>Whether an interval lies in the region.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <returns><see langword="true"/> if all of it does.</returns>
    public bool Contains(double low, double high) => low > Low && high < High;

    /// <summary>Whether an interval lies outside the region.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <returns><see langword="true"/> if none of it lies inside.</returns>
    public bool Excludes(double low, double high) => high <= Low || low >= High;

    /// <summary>The region in words.</summary>
    /// <returns>For instance <c>above 0</c> or <c>between 0.9 and 1.1</c>.</returns>
    public override string ToString() => (double.IsFinite(Low), double.IsFinite(High)) switch
    {
        (true, true) => $"between {Text(Low)} and {Text(High)}",
        (true, false) => $"above {Text(Low)}",
        (false, true) => $"below {Text(High)}",
        _ => "anywhere",
    };

    // All digits of the border, with an exponent as the rest of a report writes it.
    private static string Text(double border) => border.ToString(Math.Abs(border) is > 0 and < 1e-4 ? "0.###############e0" : "R", CultureInfo.InvariantCulture);
}
