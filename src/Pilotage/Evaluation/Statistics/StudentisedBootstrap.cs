namespace Pilotage.Evaluation.Statistics;

/// <summary>The studentised (bootstrap-t) inference of a mean: follows skew that Student's t ignores; for a dozen units or more.</summary>
/// <remarks>
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 12.5. A resample whose units are all equal has no standard error
/// of its own; it takes the sample's, so that one rare value cannot make the interval infinite.
/// </remarks>
public sealed class StudentisedBootstrap : IInference
{
    private readonly double _error;
    private readonly double[] _ratios;                                  // (resample's mean - mean) / resample's error, ascending

    /// <summary>Resamples.</summary>
    /// <param name="units">At least two independent units.</param>
    /// <param name="seeds">Branch for the draws; the same branch gives the same interval.</param>
    /// <param name="resamples">Number of resamples, at least 99.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few units or resamples.</exception>
    public StudentisedBootstrap(ReadOnlySpan<double> units, SeedTree seeds, int resamples = PercentileBootstrap.DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units.Length, 2, nameof(units));
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 99);
        (Units, Estimate, _error) = (units.Length, Sample.Mean(units), Sample.StandardError(units));
        _ratios = new double[resamples];
        if (_error == 0) return;
        var random = seeds.Start();
        var drawn = new double[units.Length];
        foreach (ref var ratio in _ratios.AsSpan())
        {
            foreach (ref var unit in drawn.AsSpan()) unit = units[random.NextInt(units.Length)];
            var error = Sample.StandardError(drawn);
            ratio = (Sample.Mean(drawn) - Estimate) / (error > 0 ? error : _error);
        }
        Array.Sort(_ratios);
    }

    /// <inheritdoc/>
    public string Name => "studentised bootstrap";

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public double Estimate { get; }

    /// <inheritdoc/>
    public double SmallestP => 1.0 / (_ratios.Length + 1);

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd)
    {
        var rank = Ranks.Within(errorPerEnd, _ratios.Length + 1);
        return rank == 0 ? Interval.Everything : new(Estimate - _error * _ratios[^rank], Estimate - _error * _ratios[rank - 1]);
    }

    /// <inheritdoc/>
    public double PAbove(double border) => Estimate == border && _error == 0 ? 1
        : SmallestP * (1 + Ranks.CountAtLeast(_ratios, (Estimate - border) / _error));

    /// <inheritdoc/>
    public double PBelow(double border) => Estimate == border && _error == 0 ? 1
        : SmallestP * (1 + Ranks.CountAtMost(_ratios, (Estimate - border) / _error));
}
