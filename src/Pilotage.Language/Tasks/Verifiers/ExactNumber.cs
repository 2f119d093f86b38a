using System.Globalization;
using System.Numerics;

namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>A decimal number or a fraction, exactly: numerator over denominator in lowest terms.</summary>
internal readonly record struct ExactNumber(BigInteger Numerator, BigInteger Denominator)
{
    // Longer than any answer, and short enough that hostile digits cost nothing.
    private const int MostCharacters = 64;

    /// <summary>Reads <c>-1,234.50</c>, <c>$12</c>, <c>50%</c> (as 50), <c>3/4</c>; white space around it aside.</summary>
    public static ExactNumber? TryParse(string text)
    {
        var digits = text.Trim().TrimEnd('%').Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        if (digits.Length > MostCharacters) return null;
        var slash = digits.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return Decimal(digits);
        return Decimal(digits[..slash]) is var (a, b) && Decimal(digits[(slash + 1)..]) is var (c, d) && !c.IsZero ? Reduced(a * d, b * c) : null;
    }

    private static ExactNumber? Decimal(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : text.Length - point - 1;
        var whole = point < 0 ? text : text.Remove(point, 1);
        if (!whole.Any(char.IsAsciiDigit) || !BigInteger.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var numerator)) return null;
        return Reduced(numerator, BigInteger.Pow(10, places));
    }

    private static ExactNumber Reduced(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new(numerator / divisor, denominator / divisor);
    }
}
