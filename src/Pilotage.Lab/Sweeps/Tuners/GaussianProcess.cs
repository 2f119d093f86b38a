using Pilotage.Numerics;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>A noisy function known at some points: what it is elsewhere, and how sure that is.</summary>
/// <remarks>
/// Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), Algorithm 2.1. Covariance: Matern with nu = 5/2 (eq. 4.17), s^2 (1 + a + a^2 / 3) exp(-a) with
/// a = sqrt(5) times the distance in length scales; noise is a share of s^2. All arithmetic has the same bits on every machine. O(n^3).
/// </remarks>
internal sealed class GaussianProcess
{
    private readonly IReadOnlyList<double[]> _points;
    private readonly double[] _lengths;
    private readonly double[] _factor;                   // lower triangle L of K / s^2, [n, n]
    private readonly double[] _weights;                  // (K / s^2)^-1 (y - mean)
    private readonly double _mean;

    /// <summary>Conditions on what is known.</summary>
    /// <param name="points">Coordinates, all of the same length; at least one.</param>
    /// <param name="values">One a point, finite.</param>
    /// <param name="lengths">Length scale of each coordinate, above 0.</param>
    /// <param name="noise">Variance of the noise over that of the function, above 0.</param>
    public GaussianProcess(IReadOnlyList<double[]> points, IReadOnlyList<double> values, IReadOnlyList<double> lengths, double noise)
    {
        var count = points.Count;
        (_points, _lengths, _mean) = (points, [.. lengths], values.Average());
        _factor = new double[count * count];
        _weights = [.. values.Select(value => value - _mean)];
        var logDeterminant = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = Correlation(points[i], points[j]) + (i == j ? noise : 0);
                for (var k = 0; k < j; k++) sum -= _factor[i * count + k] * _factor[j * count + k];
                _factor[i * count + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / _factor[j * count + j];
            }
            logDeterminant += 2 * Logarithm.Log(_factor[i * count + i]);
        }
        var square = 0.0;
        Forward(_weights);
        foreach (var value in _weights) square += value * value;
        Backward(_weights);
        Variance = Math.Max(square / count, 1e-300);
        LogLikelihood = -0.5 * (count * (Logarithm.Log(Variance) + 1 + Logarithm.Log(2 * Math.PI)) + logDeterminant);
    }

    /// <summary>Variance of the function (s^2), the likeliest one for the length scales and the noise.</summary>
    public double Variance { get; }

    /// <summary>Logarithm of the marginal likelihood of the values (eq. 2.30) at that variance.</summary>
    public double LogLikelihood { get; }

    /// <summary>The function at a point, without noise.</summary>
    /// <param name="point">Coordinates.</param>
    /// <returns>Mean and standard deviation (eq. 2.25 and 2.26).</returns>
    public (double Mean, double Deviation) At(double[] point)
    {
        var covariance = new double[_points.Count];
        for (var i = 0; i < covariance.Length; i++) covariance[i] = Correlation(point, _points[i]);
        var mean = _mean;
        for (var i = 0; i < covariance.Length; i++) mean += covariance[i] * _weights[i];
        Forward(covariance);
        var explained = 0.0;
        foreach (var value in covariance) explained += value * value;
        return (mean, Math.Sqrt(Variance * Math.Max(0, 1 - explained)));
    }

    private double Correlation(double[] a, double[] b)
    {
        var square = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var distance = (a[i] - b[i]) / _lengths[i];
            square += distance * distance;
        }
        var scaled = Math.Sqrt(5 * square);
        return (1 + scaled + scaled * scaled / 3) * Exponential.Exp(-scaled);
    }

    private void Forward(double[] right)
    {
        var count = right.Length;
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < i; k++) right[i] -= _factor[i * count + k] * right[k];
            right[i] /= _factor[i * count + i];
        }
    }

    private void Backward(double[] right)
    {
        var count = right.Length;
        for (var i = count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < count; k++) right[i] -= _factor[k * count + i] * right[k];
            right[i] /= _factor[i * count + i];
        }
    }
}
