namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What happens when a player has less than no coins.</summary>
public enum BankruptRule
{
    /// <summary>Debts are allowed; the tournament goes on, as in the paper's championship.</summary>
    Continue,

    /// <summary>The table ends after the round.</summary>
    Stop,
}
