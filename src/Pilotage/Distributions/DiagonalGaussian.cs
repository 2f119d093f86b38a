using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>Independent normal distributions, one per dimension, given by means and logarithms of the standard deviations.</summary>
public static class DiagonalGaussian
{
    private const float HalfLogTwoPi = 0.91893853320467274f;
    private const float LeastRawDeviation = -5;

    /// <summary>A deviation from an unbounded number: softplus(max(x, -5)). Grows no faster than the number does, where an exponential would explode.</summary>
    /// <param name="raw">x, a network's output, any shape.</param>
    /// <returns>The same shape; at least softplus(-5) = 0.006715, and log 2 = 0.6931 for 0.</returns>
    /// <remarks>arXiv:2601.00737: of its actor and of its critic.</remarks>
    public static Tensor SoftplusDeviation(Tensor raw) => raw.Clamp(LeastRawDeviation, float.PositiveInfinity).Softplus();

    /// <summary>Log-density of points.</summary>
    /// <param name="mean">[rows, dimensions].</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <param name="points">[rows, dimensions].</param>
    /// <returns>[rows]; sums over the dimensions.</returns>
    public static Tensor LogProbability(Tensor mean, Tensor logDeviation, Tensor points)
    {
        var standardised = (points - mean) * (-logDeviation).Exp();
        return (standardised.Square() * -0.5f - logDeviation - HalfLogTwoPi).Sum(-1);
    }

    /// <summary>Differential entropy, in nats.</summary>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <returns>A scalar, or [rows]; sums over the dimensions.</returns>
    public static Tensor Entropy(Tensor logDeviation) => (logDeviation + (0.5f + HalfLogTwoPi)).Sum(-1);

    /// <summary>Kullback-Leibler divergence KL(p, q), in nats.</summary>
    /// <param name="mean">Of p, [rows, dimensions].</param>
    /// <param name="logDeviation">Of p, [dimensions] or [rows, dimensions].</param>
    /// <param name="otherMean">Of q, [rows, dimensions].</param>
    /// <param name="otherLogDeviation">Of q, [dimensions] or [rows, dimensions].</param>
    /// <returns>[rows]; sums over the dimensions; at least 0 up to rounding.</returns>
    public static Tensor Kl(Tensor mean, Tensor logDeviation, Tensor otherMean, Tensor otherLogDeviation)
    {
        var logRatio = logDeviation - otherLogDeviation;
        var shift = (mean - otherMean) * (-otherLogDeviation).Exp();
        return (((logRatio * 2).Exp() - 1f + shift.Square()) * 0.5f - logRatio).Sum(-1);
    }

    /// <summary>Points made from standard normal numbers, so that gradients reach mean and deviation.</summary>
    /// <param name="mean">[rows, dimensions]; also the mode.</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <param name="normals">Independent standard normal numbers, [rows, dimensions].</param>
    /// <returns>mean + deviation times normals, [rows, dimensions].</returns>
    public static Tensor Sample(Tensor mean, Tensor logDeviation, Tensor normals) => mean + logDeviation.Exp() * normals;
}
