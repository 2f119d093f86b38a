using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Likelihood of targets under independent normal distributions whose means and deviations were both predicted. Losses: to be minimised.</summary>
public static class GaussianLikelihood
{
    private const float HalfLogTwoPi = 0.91893853320467274f;

    /// <summary>Mean negative log-likelihood: log(2 pi) / 2 + mean(log sigma + (y - mu)² / (2 sigma²)).</summary>
    /// <param name="means">mu, any shape.</param>
    /// <param name="deviations">sigma, above 0, the same shape.</param>
    /// <param name="targets">y, a shape that broadcasts to it; constants.</param>
    /// <returns>A scalar, in nats; can be negative.</returns>
    /// <remarks>
    /// Its gradient by mu is (mu - y) / sigma² over the count: half the squared error's, weighted by the precision. Rows that the network is unsure of count little,
    /// and an error of many deviations counts without bound. Least at mu = mean(y) and sigma² = the mean squared distance from it.
    /// </remarks>
    public static Tensor NegativeLog(Tensor means, Tensor deviations, Tensor targets)
    {
        var standardised = (targets - means) / deviations;
        return (deviations.Log() + standardised.Square() * 0.5f).Mean() + HalfLogTwoPi;
    }
}
