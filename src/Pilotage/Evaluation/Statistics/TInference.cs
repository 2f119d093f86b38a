namespace Pilotage.Evaluation.Statistics;

/// <summary>Student's t test and interval: of one mean (pass differences for paired samples), or of the difference of two means by Welch.</summary>
public sealed class TInference : IInference
{
    private readonly double _error;
    private readonly double _degrees;

    private TInference(string name, int units, double estimate, double error, double degrees) =>
        (Name, Units, Estimate, _error, _degrees) = (name, units, estimate, error, degrees);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public double Estimate { get; }

    /// <summary>Degrees of freedom; 0 if one value leaves none.</summary>
    public double Degrees => _degrees;

    /// <inheritdoc/>
    public double SmallestP => _degrees > 0 ? 0 : 1;

    /// <summary>The mean of one sample of independent units.</summary>
    /// <param name="units">At least one; one alone gives an infinite interval.</param>
    /// <returns>The inference.</returns>
    /// <exception cref="ArgumentException">There are no units.</exception>
    public static TInference OfMean(ReadOnlySpan<double> units) =>
        new("t interval", units.Length, Sample.Mean(units), Sample.StandardError(units), units.Length - 1);

    /// <summary>The difference of the means of two independent samples whose variances may differ.</summary>
    /// <param name="a">At least one unit.</param>
    /// <param name="b">At least one unit; its mean is subtracted.</param>
    /// <returns>The inference; its units are those of the smaller sample.</returns>
    /// <remarks>Welch, Biometrika 34 (1947), with Satterthwaite's degrees of freedom.</remarks>
    public static TInference Welch(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (estimate, units) = (Sample.Mean(a) - Sample.Mean(b), Math.Min(a.Length, b.Length));
        var (varianceA, varianceB) = (Sample.Variance(a) / a.Length, Sample.Variance(b) / b.Length);
        var variance = varianceA + varianceB;
        var degrees = units < 2 ? 0
            : variance == 0 ? a.Length + b.Length - 2
            : variance * variance / (varianceA * varianceA / (a.Length - 1) + varianceB * varianceB / (b.Length - 1));
        return new("Welch's t", units, estimate, Math.Sqrt(variance), degrees);
    }

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd)
    {
        if (_degrees <= 0) return Interval.Everything;
        if (_error == 0) return new(Estimate, Estimate);
        var reach = _error * StudentT.Quantile(1 - errorPerEnd, _degrees);
        return new(Estimate - reach, Estimate + reach);
    }

    /// <inheritdoc/>
    public double PAbove(double border) => P(Estimate - border);

    /// <inheritdoc/>
    public double PBelow(double border) => P(border - Estimate);

    private double P(double distance) =>
        _degrees <= 0 || distance == 0 && _error == 0 ? 1 : StudentT.UpperTail(distance / _error, _degrees);
}
