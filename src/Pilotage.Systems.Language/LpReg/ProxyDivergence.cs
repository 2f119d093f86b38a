using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>How far a policy is from the proxy distribution, per token.</summary>
internal static class ProxyDivergence
{
    /// <summary>exp(d) - d - 1 with d = log proxy - log pi of the drawn token, held to a limit; its gradient by log pi is 1 - exp(d).</summary>
    /// <param name="logProbability">log pi, [actions].</param>
    /// <param name="logProxy">log proxy, constants, [actions]; finite.</param>
    /// <param name="limit">Above it there is no gradient.</param>
    /// <returns>[actions], at least 0.</returns>
    public static Tensor K3(Tensor logProbability, Tensor logProxy, float limit)
    {
        var difference = logProxy - logProbability;
        return (difference.Exp() - difference - 1f).Clamp(-limit, limit);
    }

    /// <summary>KL(proxy, pi) over the vocabulary; its gradient by the logits is pi - proxy.</summary>
    /// <param name="logPi">log pi, [actions, vocabulary].</param>
    /// <param name="proxy">Probabilities of the proxy, constants, [actions, vocabulary].</param>
    /// <param name="negativeEntropy">Sum of proxy log proxy of each row, constants, [actions].</param>
    /// <returns>[actions].</returns>
    public static Tensor Forward(Tensor logPi, Tensor proxy, Tensor negativeEntropy) => negativeEntropy - (proxy * logPi).Sum(-1);

    /// <summary>KL(pi, proxy) over the tokens that the proxy keeps, pi made a distribution over them.</summary>
    /// <param name="logits">[actions, vocabulary].</param>
    /// <param name="kept">Which tokens the proxy keeps, [actions, vocabulary].</param>
    /// <param name="logProxy">log proxy, constants, [actions, vocabulary]; any finite number where it keeps nothing.</param>
    /// <returns>[actions].</returns>
    public static Tensor Reverse(Tensor logits, Mask kept, Tensor logProxy)
    {
        var own = logits.LogSoftmax(kept);
        return (own.Exp() * (own - logProxy)).Sum(-1);
    }
}
