using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>A policy objective whose trust region is the variance of the probability ratio, for control and for sequences. Losses: to be minimised, per element, so that the caller takes the mean.</summary>
/// <remarks>
/// Source: R2VPO, arXiv:2601.03320. Symbols: r = pi / pi_b the ratio to the policy that drew the sample, A the advantage, lambda the multiplier, delta the bound on the variance.
/// E over pi_b of r is 1, so Var r = E[(r - 1)^2] = chi2(pi, pi_b); every f-divergence with f''(1) = c is c / 2 Var r to second order, KL with c = 1. Where every |r - 1| is at most
/// epsilon, Var r is at most epsilon^2: a clip radius of 0.2 stands beside a bound of 0.04. Nothing is clipped, so a rare action with a large advantage goes on moving beyond the clip's radius.
/// </remarks>
public static class RatioVariance
{
    /// <summary>Logarithms of ratios beyond this size are held to it, and get no gradient: squares of ratios stay finite.</summary>
    public const float LargestLogRatio = 20;

    /// <summary>r = exp of the logarithm, held to ±<see cref="LargestLogRatio"/>.</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_b(a|s), any shape; exactly 0 where the sample is fresh.</param>
    /// <returns>The same shape, above 0.</returns>
    public static Tensor Ratio(Tensor logRatio) => logRatio.Clamp(-LargestLogRatio, LargestLogRatio).Exp();

    /// <summary>(r - 1)^2: its mean over samples of pi_b estimates Var r.</summary>
    /// <param name="ratio">r, any shape.</param>
    /// <returns>Per element, at least 0; 0 with gradient 0 at r = 1.</returns>
    public static Tensor SquaredDeviation(Tensor ratio) => (ratio - 1f).Square();

    /// <summary>lambda (r - 1)^2 - r A: its gradient is minus r (A - 2 lambda (r - 1)) grad log pi, the policy gradient at r = 1 and nothing at r = 1 + A / (2 lambda).</summary>
    /// <param name="ratio">r, any shape.</param>
    /// <param name="advantages">A; constants of the same shape.</param>
    /// <param name="multiplier">lambda, at least 0. 0 leaves importance weighting without any bound.</param>
    /// <returns>Per element.</returns>
    public static Tensor Lagrangian(Tensor ratio, Tensor advantages, float multiplier) => SquaredDeviation(ratio) * multiplier - ratio * advantages;

    /// <summary>The same with a multiplier for each element, such as one for each age of a sample.</summary>
    /// <param name="ratio">r, any shape.</param>
    /// <param name="advantages">A; constants of the same shape.</param>
    /// <param name="multipliers">lambda; constants of the same shape, at least 0.</param>
    /// <returns>Per element.</returns>
    public static Tensor Lagrangian(Tensor ratio, Tensor advantages, Tensor multipliers) => SquaredDeviation(ratio) * multipliers - ratio * advantages;
}
