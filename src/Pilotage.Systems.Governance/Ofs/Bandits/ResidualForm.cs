namespace Pilotage.Systems.Governance.Ofs;

/// <summary>How the gap between two acceptance rates is estimated from batches.</summary>
public enum ResidualForm
{
    /// <summary>Two residuals, one for each direction: both unbiased.</summary>
    Signed,

    /// <summary>The mean of absolute gaps, which noise alone keeps above 0.</summary>
    Absolute,
}
