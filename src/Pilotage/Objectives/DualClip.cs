using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>The clipped surrogate with two radii and a floor under bad actions that have become likely. A loss: to be minimised.</summary>
/// <remarks>Source: Ye et al., arXiv:1912.09729, section 3.4; with two radii as in the group trainers of language models (arXiv:2503.14476).</remarks>
public static class DualClip
{
    /// <summary>Of each action max(-A r, -A clip(r, 1 - epsilon_l, 1 + epsilon_h)), for A below 0 no more than -A c.</summary>
    /// <param name="logRatio">log pi(a|s) - log pi_old(a|s), any shape; exactly 0 on policy.</param>
    /// <param name="advantages">A; constants of the same shape.</param>
    /// <param name="lowerRadius">epsilon_l, in (0, 1).</param>
    /// <param name="upperRadius">epsilon_h, above 0.</param>
    /// <param name="bound">c: a bad action that is more than c times as likely as it was has no gradient any more. Above 1; 3 is usual.</param>
    /// <returns>Per element.</returns>
    public static Tensor Terms(Tensor logRatio, Tensor advantages, float lowerRadius, float upperRadius, float bound)
    {
        var ratio = logRatio.Exp();
        var clipped = Tensor.Maximum(-(ratio * advantages), -(ratio.Clamp(1 - lowerRadius, 1 + upperRadius) * advantages));
        var bounded = Tensor.Minimum(clipped, advantages * -bound);
        return Tensor.Where(advantages.IsLess(Tensor.Filled(0)), bounded, clipped);
    }
}
