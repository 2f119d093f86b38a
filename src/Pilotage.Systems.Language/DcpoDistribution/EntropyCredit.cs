using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The baseline "Entropy-Adv": uncertain tokens get more credit, but never a credit of the other sign.</summary>
/// <remarks>Cheng et al., arXiv:2506.14758: A + min(alpha_e H, |A| / kappa), with alpha_e = 0.4 and kappa = 2. H is a constant: no gradient flows through it.</remarks>
internal static class EntropyCredit
{
    /// <summary>Adds the bonus.</summary>
    /// <param name="advantages">A, [actions].</param>
    /// <param name="entropy">H of each action's distribution in nats, [actions].</param>
    /// <param name="scale">alpha_e, at least 0.</param>
    /// <param name="divisor">kappa, above 1 so that no sign changes.</param>
    /// <returns>[actions].</returns>
    public static Tensor Add(Tensor advantages, Tensor entropy, float scale, float divisor) =>
        advantages + Tensor.Minimum(entropy.Detach() * scale, advantages.Abs() / divisor);
}
