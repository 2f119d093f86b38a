namespace Pilotage.Systems.Control.Bpo;

/// <summary>How far the ratio is from its target.</summary>
public enum RatioLoss
{
    /// <summary>|A| |rho - target|: the paper's, weighted by the advantage (ATV).</summary>
    Atv,

    /// <summary>|rho - target|: total variation; every action counts the same.</summary>
    Tv,

    /// <summary>The divergence of the target policy from the current one (KL).</summary>
    Kl,
}
