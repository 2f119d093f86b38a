using Pilotage.Numerics;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>The best new policy of one state under a penalty that keeps ratios inside a band: occupation numbers of Fermi and Dirac.</summary>
/// <remarks>
/// Theorem 4.1 of arXiv:2604.18578: rho = c_l + (c_h - c_l) sigmoid((Q - mu) / lambda), with mu from sum pi0 rho = 1. Maximises sum pi0 (rho Q - lambda H(rho)) with the penalty
/// <see cref="Penalty"/>.
/// </remarks>
internal static class FermiDiracStep
{
    /// <summary>Finds the ratios; mu by bisection, to the last bit.</summary>
    /// <param name="probabilities">pi0, [actions], sum 1.</param>
    /// <param name="values">Q, [actions].</param>
    /// <param name="band">c_l and c_h.</param>
    /// <param name="temperature">lambda, above 0.</param>
    /// <param name="ratios">Receives rho, [actions].</param>
    /// <returns>mu.</returns>
    public static double Solve(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values, RatioBand band, double temperature, Span<double> ratios)
    {
        var share = band.UpperShare;
        var reach = temperature * Math.Abs(Logarithm.Log(share / (1 - share)));          // all sigmoids are beyond the share there
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        (low, high) = (low - reach, high + reach);
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) break;
            var above = 0.0;
            for (var a = 0; a < values.Length; a++) above += probabilities[a] * Sigmoid((values[a] - middle) / temperature);
            if (above > share) low = middle;
            else high = middle;
        }
        for (var a = 0; a < values.Length; a++) ratios[a] = band.Low + (band.High - band.Low) * Sigmoid((values[a] - low) / temperature);
        return low;
    }

    /// <summary>H(rho) = (rho - c_l) ln(rho - c_l) + (c_h - rho) ln(c_h - rho): smallest half way, with an infinite slope at the ends of the band.</summary>
    /// <param name="ratio">In [c_l, c_h].</param>
    /// <param name="band">c_l and c_h.</param>
    /// <returns>In a symmetric band: between 2 epsilon ln epsilon (at 1) and 2 epsilon ln 2 epsilon (at the ends).</returns>
    public static double Penalty(double ratio, RatioBand band) => Weighted(ratio - band.Low) + Weighted(band.High - ratio);

    private static double Weighted(double part) => part > 0 ? part * Logarithm.Log(part) : 0;

    private static double Sigmoid(double x)
    {
        var small = Exponential.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
