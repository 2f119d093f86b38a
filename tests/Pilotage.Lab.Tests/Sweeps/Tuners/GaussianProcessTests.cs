using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class GaussianProcessTests
{
    // Written out once more, in the platform's functions.
    private static double Matern(double distance) => (1 + Math.Sqrt(5) * distance + 5 * distance * distance / 3) * Math.Exp(-Math.Sqrt(5) * distance);

    [Fact]
    public void At_TwoPoints_IsTheClosedForm()
    {
        const double length = 0.4, noise = 0.1;
        var process = new GaussianProcess([[0.2], [0.7]], [3, 5], [length], noise);

        // The mean is 4; K / s^2 = [[1 + n, c], [c, 1 + n]] with inverse [[1 + n, -c], [-c, 1 + n]] / ((1 + n)^2 - c^2).
        var (c, d) = (Matern(0.5 / length), 1 + noise);
        var determinant = d * d - c * c;
        var variance = ((d * 1 + c * 1) / determinant + (d * 1 + c * 1) / determinant) / 2;        // (y - 4) = (-1, 1): y' K^-1 y / 2
        var (a, b) = (Matern(0.1 / length), Matern(0.4 / length));                                 // to the point 0.3
        var mean = 4 + (a * (-d - c) + b * (d + c)) / determinant;
        var explained = (a * a * d - 2 * a * b * c + b * b * d) / determinant;

        var (gotMean, gotDeviation) = process.At([0.3]);
        Assert.Equal(variance, process.Variance, 12);
        Assert.Equal(mean, gotMean, 12);
        Assert.Equal(Math.Sqrt(variance * (1 - explained)), gotDeviation, 12);
        Assert.Equal(-0.5 * (2 * Math.Log(variance) + 2 + 2 * Math.Log(2 * Math.PI) + Math.Log(determinant)), process.LogLikelihood, 11);
    }

    [Fact]
    public void At_WithoutNoise_PassesThroughThePoints()
    {
        var process = new GaussianProcess([[0.1, 0.5], [0.9, 0.2], [0.4, 0.4]], [1, -2, 0.5], [0.5, 0.8], 1e-9);

        var (mean, deviation) = process.At([0.9, 0.2]);
        Assert.Equal(-2, mean, 6);
        Assert.Equal(0, deviation, 3);
    }

    [Fact]
    public void At_FarAway_IsTheMeanAndTheWholeDeviation()
    {
        var process = new GaussianProcess([[0.1], [0.2]], [1, 3], [0.1], 0.01);

        var (mean, deviation) = process.At([50]);
        Assert.Equal(2, mean, 9);
        Assert.Equal(Math.Sqrt(process.Variance), deviation, 9);
    }

    [Fact]
    public void At_LongLengthOfACoordinate_TakesItOutOfTheDistance()
    {
        var process = new GaussianProcess([[0.1, 0], [0.6, 1]], [1, 3], [0.3, 1e6], 0.01);

        Assert.Equal(process.At([0.3, 0]).Mean, process.At([0.3, 1]).Mean, 5);
    }

    // A function of the first coordinate alone: the fit must find the second one idle.
    [Fact]
    public void Fit_FunctionOfOneCoordinate_GivesTheOtherALongLength()
    {
        var random = SeedTree.Root(3).Start();
        List<double[]> points = [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        double[] values = [.. points.Select(point => Math.Sin(6 * point[0]))];

        var process = ProcessFit.Of(points, values);

        Assert.Equal(Math.Sin(6 * 0.35), process.At([0.35, 0.1]).Mean, 0.05);
        Assert.Equal(process.At([0.35, 0.1]).Mean, process.At([0.35, 0.9]).Mean, 0.05);
    }

    [Fact]
    public void Fit_EqualValues_IsFlat() => Assert.Equal(2, ProcessFit.Of([[0.1], [0.5], [0.9]], [2, 2, 2]).At([0.3]).Mean, 9);
}
