namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What the player on turn decides now.</summary>
public enum RoundPhase : byte
{
    /// <summary>To call, which ends the round, or to play on. Asked only if the hand is low enough to call.</summary>
    Call,

    /// <summary>Which cards to discard.</summary>
    Discard,

    /// <summary>To take the offered card of the pile or one from the stock.</summary>
    Pick,

    /// <summary>Nothing: the round is over.</summary>
    Over,
}
