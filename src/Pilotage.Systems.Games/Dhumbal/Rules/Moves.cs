namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Moves as numbers, the same in every state: to call, to play on, to take from the pile or the stock, then the catalogue of discards.</summary>
public static class Moves
{
    /// <summary>Ends the round.</summary>
    public const int Call = 0;

    /// <summary>Does not call, though the hand would allow it.</summary>
    public const int PlayOn = 1;

    /// <summary>Takes the offered card of the pile.</summary>
    public const int TakePile = 2;

    /// <summary>Takes a hidden card from the stock.</summary>
    public const int TakeStock = 3;

    /// <summary>The move of the catalogue's first entry.</summary>
    public const int FirstDiscard = 4;

    /// <summary>Number of moves with hands of a size: 319 for five cards.</summary>
    /// <param name="handSize">Cards of a full hand.</param>
    /// <returns>Moves are numbers below it.</returns>
    public static int CountFor(int handSize) => FirstDiscard + Discards.CountFor(handSize);

    /// <summary>The move that discards an entry of the catalogue.</summary>
    /// <param name="entry">In [0, <see cref="Discards.Count"/>).</param>
    /// <returns>The move.</returns>
    public static int Discard(int entry) => FirstDiscard + entry;

    /// <summary>A move in words.</summary>
    /// <param name="move">Any move.</param>
    /// <returns><c>call</c>, <c>play on</c>, <c>pile</c>, <c>stock</c>, or the cards.</returns>
    public static string Text(int move) => move switch
    {
        Call => "call",
        PlayOn => "play on",
        TakePile => "pile",
        TakeStock => "stock",
        _ => Cards.Text(Discards.CardsOf(move - FirstDiscard)),
    };
}
