namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Which card of the discard pile a player may take after discarding.</summary>
public enum PickRule
{
    /// <summary>The card that lay on top before the player's own discard: how Dhumbal and Yaniv are played.</summary>
    Previous,

    /// <summary>The top of the pile after the player's own discard, so the player's own last card: what the paper's program does.</summary>
    Own,
}
