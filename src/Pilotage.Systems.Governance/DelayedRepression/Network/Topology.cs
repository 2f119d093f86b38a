namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How a generated graph is wired.</summary>
public enum Topology
{
    /// <summary>Six communities of equal size: a stochastic block model.</summary>
    Modular,

    /// <summary>Every pair alike: Erdős and Rényi.</summary>
    Random,

    /// <summary>Newcomers join those who have many: Barabási and Albert.</summary>
    ScaleFree,
}
