namespace Pilotage.Systems.Language.LpReg;

/// <summary>What is taken for noise and left out of the proxy distribution.</summary>
public enum LpRegFilter : byte
{
    /// <summary>Tokens less probable than kappa times the most probable one.</summary>
    MinP,

    /// <summary>Tokens less probable than kappa.</summary>
    Fixed,

    /// <summary>Nothing.</summary>
    None,
}
