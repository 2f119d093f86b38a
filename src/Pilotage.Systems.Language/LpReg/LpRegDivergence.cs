namespace Pilotage.Systems.Language.LpReg;

/// <summary>How far the policy is from the proxy distribution at a protected token.</summary>
public enum LpRegDivergence : byte
{
    /// <summary>exp(d) - d - 1 of the drawn token's d = log proxy - log pi, as the released code has it.</summary>
    K3,

    /// <summary>KL(proxy, pi) over the whole vocabulary, as the paper has it.</summary>
    Forward,

    /// <summary>KL(pi, proxy), with pi made a distribution over the tokens that the proxy keeps: over the others it would be without bound.</summary>
    Reverse,
}
