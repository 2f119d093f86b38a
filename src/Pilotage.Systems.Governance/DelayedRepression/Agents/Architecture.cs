namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How the agents of a society decide.</summary>
public enum Architecture
{
    /// <summary>By chance alone: the null model.</summary>
    Fixed,

    /// <summary>By rules on what they see, without memory.</summary>
    Reactive,

    /// <summary>By what they learned: a table of action values each.</summary>
    Learning,
}
