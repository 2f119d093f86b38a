namespace Pilotage.Search;

/// <summary>What a tree search knows of an action at its root.</summary>
/// <param name="Action">The action.</param>
/// <param name="Visits">Simulations that played it.</param>
/// <param name="Value">Their mean return for the player to move; 0 without visits.</param>
public readonly record struct ActionStatistics(int Action, int Visits, double Value);
