namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Reads moves as <see cref="Moves.Text"/> writes them, and as players type them.</summary>
internal static class MoveText
{
    /// <summary>Reads a move.</summary>
    /// <param name="text"><c>call</c>, <c>play on</c>, <c>pile</c>, <c>stock</c>, or cards.</param>
    /// <returns>The move; -1 if it is none, or cards that never go together.</returns>
    public static int Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "call" => Moves.Call,
        "play on" => Moves.PlayOn,
        "pile" => Moves.TakePile,
        "stock" => Moves.TakeStock,
        _ when TryParseCards(text, out var cards) && Discards.Find(cards) is >= 0 and var entry => Moves.Discard(entry),
        _ => -1,
    };

    /// <summary>Reads cards, separated by blanks or commas.</summary>
    /// <param name="text">For instance <c>7h 7s</c>.</param>
    /// <param name="cards">The set.</param>
    /// <returns>Whether all words are cards and there is one at least.</returns>
    public static bool TryParseCards(string text, out ulong cards)
    {
        cards = 0;
        foreach (var word in text.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var card = Cards.Parse(word);
            if (card < 0) return false;
            cards |= Cards.Bit(card);
        }
        return cards != 0;
    }
}
