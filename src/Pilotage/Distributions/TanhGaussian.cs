using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>The hyperbolic tangent of a diagonal Gaussian: actions strictly inside (-1, 1) in every dimension.</summary>
/// <remarks>
/// Haarnoja et al., arXiv:1801.01290, appendix C. The logarithm of the tangent's slope, log(1 - tanh(u)²), is 2 (log 2 - u - softplus(-2u)): the difference
/// from 1 is never formed, so it holds for any u. There is no closed form for entropy or divergence.
/// </remarks>
public static class TanhGaussian
{
    private const float TwoLogTwo = 1.3862943611198906f;

    // 2^-20, sixteen spacings of floats below 1: nearer to 1 an action's own rounding would decide what its inverse is. The inverse reaches 7.28.
    private const float Margin = 1f / (1 << 20);

    /// <summary>Log-density of given actions.</summary>
    /// <param name="mean">Of the Gaussian, [rows, dimensions].</param>
    /// <param name="logDeviation">Of the Gaussian, [dimensions] or [rows, dimensions].</param>
    /// <param name="actions">In [-1, 1], [rows, dimensions]. Taken as at most 1 - 2^-20 in size: at the ends density and inverse are infinite.</param>
    /// <returns>[rows]; sums over the dimensions. Where the actions were drawn by <see cref="Sample"/>, what that returned is more accurate near the ends.</returns>
    public static Tensor LogProbability(Tensor mean, Tensor logDeviation, Tensor actions)
    {
        var inside = actions.Clamp(-1 + Margin, 1 - Margin);
        var points = ((1f + inside).Log() - (1f - inside).Log()) * 0.5f;
        return Density(mean, logDeviation, points);
    }

    /// <summary>Actions made from standard normal numbers, so that gradients reach mean and deviation, with their log-density.</summary>
    /// <param name="mean">Of the Gaussian, [rows, dimensions].</param>
    /// <param name="logDeviation">Of the Gaussian, [dimensions] or [rows, dimensions].</param>
    /// <param name="normals">Independent standard normal numbers, [rows, dimensions].</param>
    /// <returns>Actions [rows, dimensions] and their log-density [rows], which carries the gradient of both ways on which it depends on mean and deviation.</returns>
    public static (Tensor Actions, Tensor LogProbability) Sample(Tensor mean, Tensor logDeviation, Tensor normals)
    {
        var points = DiagonalGaussian.Sample(mean, logDeviation, normals);
        return (points.Tanh(), Density(mean, logDeviation, points));
    }

    /// <summary>An estimate of the differential entropy from one draw: minus its log-density. Unbiased, and so is its gradient.</summary>
    /// <param name="mean">Of the Gaussian, [rows, dimensions].</param>
    /// <param name="logDeviation">Of the Gaussian, [dimensions] or [rows, dimensions].</param>
    /// <param name="normals">Independent standard normal numbers, [rows, dimensions].</param>
    /// <returns>[rows], in nats.</returns>
    public static Tensor EntropyEstimate(Tensor mean, Tensor logDeviation, Tensor normals) => -Sample(mean, logDeviation, normals).LogProbability;

    /// <summary>The median: the image of the Gaussian's mean. Neither the mean nor, for wide Gaussians, the mode.</summary>
    /// <param name="mean">Of the Gaussian, [rows, dimensions].</param>
    /// <returns>[rows, dimensions].</returns>
    public static Tensor Median(Tensor mean) => mean.Tanh();

    private static Tensor Density(Tensor mean, Tensor logDeviation, Tensor points)
    {
        var logSlope = (points + (points * -2).Softplus()) * -2 + TwoLogTwo;
        return DiagonalGaussian.LogProbability(mean, logDeviation, points) - logSlope.Sum(-1);
    }
}
