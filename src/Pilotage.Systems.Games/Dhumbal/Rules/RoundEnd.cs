namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Why a round ended.</summary>
public enum RoundEnd : byte
{
    /// <summary>It did not end yet.</summary>
    Running,

    /// <summary>A player called.</summary>
    Called,

    /// <summary>A player discarded the last card, which counts as a call.</summary>
    Emptied,

    /// <summary>The limit of turns; the lowest hand, the first of equal ones, counts as the caller.</summary>
    TurnCap,
}
