using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>Independent normal distributions, one per dimension, given by means and logarithms of the standard deviations.</summary>
public static class DiagonalGaussian
{
    private const float HalfLogTwoPi = 0.91893853320467274f;

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
}
