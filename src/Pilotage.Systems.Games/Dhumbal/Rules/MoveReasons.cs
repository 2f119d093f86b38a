namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Says in words why a move is not legal.</summary>
public static class MoveReasons
{
    /// <summary>Why the player on turn may not play a move.</summary>
    /// <param name="round">A round.</param>
    /// <param name="move">Any number.</param>
    /// <returns>A sentence; <see langword="null"/> if the move is legal.</returns>
    public static string? WhyIllegal(in DhumbalRound round, int move)
    {
        if (round.IsLegal(move)) return null;
        if (round.IsOver) return "the round is over.";
        var hand = round.HandOf(round.Player);
        if (move == Moves.Call && round.Phase == RoundPhase.Discard)
        {
            return Cards.ValueOf(hand) > round.Rules.CallThreshold
                ? $"a hand of {Cards.ValueOf(hand)} is too high to call; at most {round.Rules.CallThreshold} is needed."
                : "it was decided to play on; now cards are to be discarded.";
        }
        return round.Phase switch
        {
            RoundPhase.Call => "first decide whether to call or to play on.",
            RoundPhase.Pick => "the cards are discarded; now take one, from the pile or from the stock.",
            _ when move is Moves.TakePile or Moves.TakeStock => "a card is taken only after discarding.",
            _ when move == Moves.PlayOn => "the hand is too high to call, so there is nothing to decide; discard.",
            _ when (uint)(move - Moves.FirstDiscard) < Discards.Count => WhyNotDiscard(round, Discards.CardsOf(move - Moves.FirstDiscard))!,
            _ => $"moves are numbers from 0 to {round.ActionLimit - 1}.",
        };
    }

    /// <summary>Why the player on turn may not discard some cards, whatever they are.</summary>
    /// <param name="round">A round that waits for a discard.</param>
    /// <param name="cards">Any set.</param>
    /// <returns>A sentence; <see langword="null"/> if they may be discarded.</returns>
    public static string? WhyNotDiscard(in DhumbalRound round, ulong cards)
    {
        if (cards == 0) return "at least one card must be discarded.";
        var missing = cards & ~round.HandOf(round.Player);
        if (missing != 0) return $"the hand does not hold {Cards.Text(missing)}.";
        var entry = Discards.Find(cards);
        if (entry < 0) return WhyNoGroup(cards);
        if (Discards.IsSet(entry) && !round.Rules.Sets) return "these house rules do not let cards of one rank be discarded together.";
        if (Discards.IsRun(entry) && !round.Rules.Runs) return "these house rules do not know runs.";
        return null;
    }

    /// <summary>A move's name, for messages; numbers that are no move as they are.</summary>
    internal static string Name(int move) => (uint)move < Moves.FirstDiscard + Discards.Count ? Moves.Text(move) : FormattableString.Invariant($"{move}");

    private static string WhyNoGroup(ulong cards)
    {
        var (ranks, suits) = (0, 0);
        for (var card = 0; card < Cards.Count; card++)
            if ((cards & Cards.Bit(card)) != 0) (ranks, suits) = (ranks | 1 << (card >> 2), suits | 1 << (card & 3));
        if ((suits & suits - 1) != 0) return $"{Cards.Text(cards)} are neither of one rank nor of one suit; several cards go together as a set of one rank or as a run of one suit.";
        if (Cards.CountOf(cards) == 2) return $"{Cards.Text(cards)} are two cards of one suit; a run needs three.";
        const int Ace = 1, Two = 2, King = 1 << 12;
        return (ranks & (Ace | King)) == (Ace | King) && (ranks & Two) != 0
            ? $"{Cards.Text(cards)} go round the corner; the ace is low, below the two."
            : $"{Cards.Text(cards)} are of one suit but not consecutive.";
    }
}
