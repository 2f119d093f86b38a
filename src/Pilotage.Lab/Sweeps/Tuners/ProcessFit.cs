using Pilotage.Numerics;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>Chooses a process's length scales and noise by what they make of the data.</summary>
/// <remarks>
/// Coordinate by coordinate over a few values, twice: with tens of points the likelihood has no sharp peak that a finer search would find. A length is
/// held to the order of the box by a log-normal prior, without which a handful of points may ask for none or for infinity.
/// </remarks>
internal static class ProcessFit
{
    private static readonly double[] Lengths = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
    private static readonly double[] Noises = [1e-6, 1e-3, 1e-2, 0.1, 0.3, 1];
    private const double UsualLength = 0.5;              // half the box; the prior's deviation is a factor of e

    /// <summary>The likeliest process.</summary>
    /// <param name="points">Coordinates of order 1.</param>
    /// <param name="values">One a point.</param>
    public static GaussianProcess Of(IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        var lengths = Enumerable.Repeat(0.4, points[0].Length).ToArray();
        var noise = 0.01;
        for (var pass = 0; pass < 2; pass++)
        {
            noise = Noises.MaxBy(tried => Posterior(points, values, lengths, tried));
            for (var i = 0; i < lengths.Length; i++)
            {
                var coordinate = i;
                var others = lengths;
                lengths = Lengths.Select(tried => others.Select((length, j) => j == coordinate ? tried : length).ToArray()).MaxBy(tried => Posterior(points, values, tried, noise))!;
            }
        }
        return new(points, values, lengths, noise);
    }

    private static double Posterior(IReadOnlyList<double[]> points, IReadOnlyList<double> values, double[] lengths, double noise)
    {
        var prior = 0.0;
        foreach (var length in lengths)
        {
            var orders = Logarithm.Log(length / UsualLength);
            prior -= 0.5 * orders * orders;
        }
        return new GaussianProcess(points, values, lengths, noise).LogLikelihood + prior;
    }
}
