namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A round as one contestant had it.</summary>
/// <param name="Deal">Which deal, from 0.</param>
/// <param name="Seat">Where it sat; seat 0 began.</param>
/// <param name="Won">Whether it won the round.</param>
/// <param name="Coins">Coins won or lost.</param>
/// <param name="Called">Whether it ended the round by calling, not by its last card or by the limit of turns.</param>
/// <param name="CallValue">What its hand counted when it called; 0 if it did not.</param>
/// <param name="Discarded">Cards discarded.</param>
internal readonly record struct RoundEntry(int Deal, int Seat, bool Won, int Coins, bool Called, int CallValue, int Discarded);
