namespace Pilotage.Systems.Language.Gbpo;

/// <summary>How a token's ratio is regressed on its target.</summary>
public enum GbpoLoss
{
    /// <summary>Distance weighted by the size of the advantage (ATV): the paper's.</summary>
    Atv,

    /// <summary>Distance alone (TV).</summary>
    Tv,

    /// <summary>Divergence of the target from the ratio (KL).</summary>
    Kl,
}
