using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The policy at another temperature, from which nothing is ever drawn: it enters by importance weights alone.</summary>
/// <remarks>
/// arXiv:2601.12730. For any function g: E over pi of rho g = E over pi^T of g, with rho = pi^T / pi, at each token exactly. Where every action counts as correct, the mean gradient of
/// the REINFORCE term in the logits is pi^T - pi: entropy rises for T above 1, falls below 1, and stays at 1.
/// </remarks>
internal static class VirtualDistribution
{
    /// <summary>log rho of the actions taken: (1/T - 1) log pi(a) - log sum over b of pi(b)^(1/T). No gradient flows.</summary>
    /// <param name="logPi">Normalised, [actions, vocabulary]; illegal tokens the smallest finite number.</param>
    /// <param name="chosen">a, [actions].</param>
    /// <param name="temperature">T, above 0.</param>
    /// <returns>[actions]; 0 where pi is uniform, and everywhere at T = 1 up to rounding.</returns>
    public static Tensor LogRatio(Tensor logPi, Indices chosen, double temperature)
    {
        var inverse = (float)(1 / temperature);
        return (logPi.Gather(chosen) * (inverse - 1) - (logPi * inverse).LogSumExp(-1)).Detach();
    }

    /// <summary>(1 - alpha) A + alpha 1[correct] rho: credit of group and of the virtual distribution together. At alpha = 0 bit for bit A.</summary>
    /// <param name="advantages">A of each action's response, [actions].</param>
    /// <param name="correct">1 where the response is correct, else 0, [actions].</param>
    /// <param name="logRatio">log rho, [actions].</param>
    /// <param name="weight">alpha, in [0, 1).</param>
    /// <param name="cap">rho counts as no more than this; infinity for no cap. For T above 1, rho of an action of probability p has no bound as p goes to 0: 31 at 1e-9.</param>
    /// <param name="centre">Subtracted from rho: 0 is the method. At 1 the mean gradient is the same where every action is correct, and correct tokens are not pushed up for being correct.</param>
    /// <returns>A', [actions].</returns>
    public static Tensor Mix(Tensor advantages, Tensor correct, Tensor logRatio, double weight, double cap = double.PositiveInfinity, double centre = 0)
    {
        if (weight == 0) return advantages;
        var ratio = double.IsFinite(cap) ? Tensor.Minimum(logRatio.Exp(), Tensor.Filled((float)cap)) : logRatio.Exp();
        if (centre != 0) ratio -= (float)centre;
        return advantages * (float)(1 - weight) + correct * ratio * (float)weight;
    }
}
