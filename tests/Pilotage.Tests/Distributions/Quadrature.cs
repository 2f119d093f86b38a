using Pilotage.Tensors;
using Pilotage.Tests.Tensors;

namespace Pilotage.Tests.Distributions;

/// <summary>Integrals over one dimension by the trapezoid rule, from log-densities that a tensor function gives on the whole grid at once.</summary>
internal static class Quadrature
{
    public static double[] Grid(double low, double high, int points) => [.. Enumerable.Range(0, points).Select(i => low + (high - low) * i / (points - 1))];

    /// <summary>Values of a function of points [points, 1] that returns [points].</summary>
    public static double[] Evaluate(double[] grid, Func<Tensor, Tensor> function)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        return [.. Backends.Values(function(Tensor.From([.. grid.Select(x => (float)x)], grid.Length, 1))).Select(y => (double)y)];
    }

    public static double Integrate(double[] grid, Func<int, double> value)
    {
        var sum = 0.0;
        for (var i = 1; i < grid.Length; i++) sum += (grid[i] - grid[i - 1]) * (value(i) + value(i - 1)) / 2;
        return sum;
    }

    public static double Mass(double[] grid, double[] logDensity) => Integrate(grid, i => Math.Exp(logDensity[i]));

    public static double Entropy(double[] grid, double[] logDensity) => -Integrate(grid, i => Math.Exp(logDensity[i]) * logDensity[i]);

    public static double Kl(double[] grid, double[] logP, double[] logQ) => Integrate(grid, i => Math.Exp(logP[i]) * (logP[i] - logQ[i]));
}
