using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Regression of the probability ratio on a derived target inside a band, for control and for sequences. Losses: to be minimised.</summary>
/// <remarks>
/// Source: Bounded Ratio Reinforcement Learning, arXiv:2604.18578, theorem 4.1 and the losses of section 4. Symbols: rho = pi / pi0 the ratio, epsilon_l and epsilon_h the radii of
/// the band below and above 1, lambda the temperature, u the centre of the returns (their median in a symmetric band), A the advantage. Losses are per element, so that the caller
/// takes the mean over steps or over the tokens of a mask.
/// </remarks>
public static class BoundedRatio
{
    /// <summary>Scores beyond this size are held to it: the sigmoid is 0 or 1 there to working precision, and stays finite at any temperature.</summary>
    public const float LargestScore = 50;

    /// <summary>The target: 1 - epsilon_l + (epsilon_l + epsilon_h) sigmoid(score), strictly between the ends of the band but for rounding; 1 at score 0 in a symmetric band.</summary>
    /// <param name="scores">(Q - u) / lambda of each action, any shape. Of a group: <see cref="Credit.GroupScores.AroundMedian"/>. Detach what is learned.</param>
    /// <param name="lowerRadius">epsilon_l, in (0, 1].</param>
    /// <param name="upperRadius">epsilon_h, above 0.</param>
    /// <returns>The shape of <paramref name="scores"/>.</returns>
    public static Tensor Target(Tensor scores, float lowerRadius, float upperRadius) =>
        scores.Clamp(-LargestScore, LargestScore).Sigmoid() * (lowerRadius + upperRadius) + (1 - lowerRadius);

    /// <summary>|A| |rho - target| (ATV): slope -|A| below the target, |A| above, so that a ratio beyond the band is pulled back.</summary>
    /// <param name="ratio">rho, any shape.</param>
    /// <param name="target">Constants of the same shape.</param>
    /// <param name="advantages">A; constants of the same shape.</param>
    /// <returns>Per element, at least 0.</returns>
    public static Tensor WeightedVariation(Tensor ratio, Tensor target, Tensor advantages) => Variation(ratio, target) * advantages.Abs();

    /// <summary>|rho - target| (TV): every action counts the same, however little it matters.</summary>
    /// <param name="ratio">rho, any shape.</param>
    /// <param name="target">Constants of the same shape.</param>
    /// <returns>Per element, at least 0.</returns>
    public static Tensor Variation(Tensor ratio, Tensor target) => (ratio - target).Abs();

    /// <summary>target ln(target / rho) - target + rho: the divergence of the target policy from the current one (KL), 0 where the ratio is the target.</summary>
    /// <param name="logRatio">ln rho, any shape.</param>
    /// <param name="target">Constants of the same shape, above 0.</param>
    /// <returns>Per element, at least 0 but for rounding. The two last terms have mean 0 over pi0 when both are normalised, and make each element's minimum the target.</returns>
    public static Tensor Divergence(Tensor logRatio, Tensor target) => target * (target.Log() - logRatio) - target + logRatio.Exp();

    /// <summary>g(e) = softplus(e) - share e, whose minimum over u, with e = Q - u, has mean sigmoid(e) = share: the smoothed median at a half, even and ln 2 at 0.</summary>
    /// <param name="errors">(Q - u) in units of the smoothing width, any shape.</param>
    /// <param name="share">Mass above the centre, in (0, 1): epsilon_l / (epsilon_l + epsilon_h), by the normalisation of the target policy.</param>
    /// <returns>Per element, above 0.</returns>
    public static Tensor Centre(Tensor errors, float share) => errors.Softplus() - errors * share;

    /// <summary>Share of ratios outside the band.</summary>
    /// <param name="ratio">rho, [rows].</param>
    /// <param name="lowerRadius">epsilon_l, in (0, 1].</param>
    /// <param name="upperRadius">epsilon_h, above 0.</param>
    /// <returns>A scalar in [0, 1].</returns>
    public static Tensor OutsideShare(Tensor ratio, float lowerRadius, float upperRadius)
    {
        var (none, one) = (Tensor.Filled(0), Tensor.Filled(1));
        return (Tensor.Where(ratio.IsGreater(Tensor.Filled(1 + upperRadius)), one, none) + Tensor.Where(ratio.IsLess(Tensor.Filled(1 - lowerRadius)), one, none)).Mean();
    }
}
