namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>When a rule calls, given that it may.</summary>
public enum CallStyle
{
    /// <summary>Whenever the hand is at most a limit.</summary>
    Limit,

    /// <summary>At 5 always, at 6 to 8 with probability 0.7, at 9 and 10 with 0.4.</summary>
    Balanced,

    /// <summary>At 7 always; above, more often when richer than the table's mean and after twenty turns.</summary>
    Opportunistic,
}
