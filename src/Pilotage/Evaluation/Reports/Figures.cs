using System.Globalization;

namespace Pilotage.Evaluation.Reports;

/// <summary>Numbers as tables print them: four significant digits, invariant culture.</summary>
public static class Figures
{
    /// <summary>A number.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>At least four significant digits between 0.0001 and 10 million, an exponent outside.</returns>
    public static string Of(double value)
    {
        var size = Math.Abs(value);
        if (!(size is >= 1e-4 and < 1e7)) return value == 0 ? "0" : value.ToString("0.###e0", CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(size)));
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>A number with its interval.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="low">Lower end, if there is one.</param>
    /// <param name="high">Upper end, if there is one.</param>
    /// <returns>For instance <c>1.5 [1.2, 1.8]</c>; the number alone without an interval.</returns>
    public static string Of(double value, double? low, double? high) =>
        low is { } l && high is { } h ? $"{Of(value)} [{Of(l)}, {Of(h)}]" : Of(value);

    /// <summary>A p.</summary>
    /// <param name="p">In [0, 1], or <see langword="null"/> for none.</param>
    /// <returns>Two significant digits; <c>&lt; 0.001</c> below that; a dash for none.</returns>
    public static string P(double? p) => p switch
    {
        null => "–",
        < 0.001 => "< 0.001",
        { } value => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
