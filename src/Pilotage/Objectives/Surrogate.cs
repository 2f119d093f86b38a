using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Policy objectives on probability ratios. Losses: to be minimised.</summary>
public static class Surrogate
{
    /// <summary>The clipped surrogate: -mean(min(r A, clip(r, 1 - epsilon, 1 + epsilon) A)).</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_old(a|s), [rows]; exactly 0 on policy.</param>
    /// <param name="advantages">A, [rows], usually normalised.</param>
    /// <param name="clipRadius">epsilon, above 0.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>arXiv:1707.06347, eq. 7, with the sign of a loss.</remarks>
    public static Tensor Clipped(Tensor logRatio, Tensor advantages, float clipRadius)
    {
        var ratio = logRatio.Exp();
        return -Tensor.Minimum(ratio * advantages, ratio.Clamp(1 - clipRadius, 1 + clipRadius) * advantages).Mean();
    }

    /// <summary>The clipped surrogate of each action: -min(r A, clip(r, 1 - epsilon_l, 1 + epsilon_h) A). For means other than the plain one, and for bands that are not symmetric.</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_old(a|s), any shape; exactly 0 on policy.</param>
    /// <param name="advantages">A; constants of the same shape.</param>
    /// <param name="lowerRadius">epsilon_l, above 0.</param>
    /// <param name="upperRadius">epsilon_h, above 0; larger than epsilon_l in arXiv:2503.14476 ("clip higher").</param>
    /// <returns>Per element.</returns>
    public static Tensor ClippedTerms(Tensor logRatio, Tensor advantages, float lowerRadius, float upperRadius)
    {
        var ratio = logRatio.Exp();
        return -Tensor.Minimum(ratio * advantages, ratio.Clamp(1 - lowerRadius, 1 + upperRadius) * advantages);
    }

    /// <summary>An estimate of KL(pi_old, pi) from samples of pi_old: mean((r - 1) - log r). Never negative.</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_old(a|s), [rows].</param>
    /// <returns>A scalar.</returns>
    /// <remarks>Schulman, "Approximating KL divergence", 2020: the estimator called k3.</remarks>
    public static Tensor ApproximateKl(Tensor logRatio) => (logRatio.Exp() - 1f - logRatio).Mean();

    /// <summary>Share of ratios outside [1 - epsilon, 1 + epsilon].</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_old(a|s), [rows].</param>
    /// <param name="clipRadius">epsilon, above 0.</param>
    /// <returns>A scalar in [0, 1].</returns>
    public static Tensor ClipFraction(Tensor logRatio, float clipRadius)
    {
        var one = Tensor.Filled(1);
        return Tensor.Where((logRatio.Exp() - 1f).Abs().IsGreater(Tensor.Filled(clipRadius)), one, Tensor.Filled(0)).Mean();
    }
}
