namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What a network sees of a seat: the paper's 117 numbers, and with details four more.</summary>
/// <remarks>
/// Own hand (52), offered card (52), seat (5), hand value / 65, turn / turn cap, mean cards of the others / cards of a full hand, own coins and mean coins of the others over what they began with,
/// phase (3). Details: coins are kept in [0, 2]; then cards of the next, second next, ... player over cards of a full hand, which tell who is about to call; 0 where no such player sits.
/// Differs from the paper: the card is the one that can be taken, which with its own pick rule is the top of the pile.
/// </remarks>
internal static class SeatObservation
{
    /// <summary>Numbers of the paper's state.</summary>
    public const int PlainSize = 117;

    /// <summary>Numbers with the others' counts of cards one by one.</summary>
    public const int DetailedSize = PlainSize + DhumbalRound.MostPlayers - 1;

    private const float HighestHand = 65, FirstCoins = 10_000;

    /// <summary>Names of all numbers, details last.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. Enumerable.Range(0, Cards.Count).Select(card => $"hand {Cards.Text(card)}"), .. Enumerable.Range(0, Cards.Count).Select(card => $"offered {Cards.Text(card)}"),
        .. Enumerable.Range(0, DhumbalRound.MostPlayers).Select(seat => FormattableString.Invariant($"seat {seat}")),
        "hand value", "turn", "others' cards", "coins", "others' coins", "call", "discard", "pick",
        .. Enumerable.Range(1, DhumbalRound.MostPlayers - 1).Select(after => FormattableString.Invariant($"cards of player +{after}")),
    ];

    /// <summary>Fills an observation from the player on turn; its length says whether with details.</summary>
    /// <param name="seat">What may be known.</param>
    /// <param name="to">Room for 117 or 121 numbers.</param>
    public static void Write(SeatView seat, Span<float> to)
    {
        var hasDetails = to.Length > PlainSize;
        to.Clear();
        for (var left = seat.Hand; left != 0; left &= left - 1) to[System.Numerics.BitOperations.TrailingZeroCount(left)] = 1;
        to[Cards.Count + seat.Offered] = 1;
        to[2 * Cards.Count + seat.Seat] = 1;
        var (at, others, coins) = (2 * Cards.Count + DhumbalRound.MostPlayers, 0, 0.0);
        for (var other = 0; other < seat.Players; other++)
        {
            if (other == seat.Seat) continue;
            others += seat.CardsOf(other);
            coins += seat.CoinsOf(other);
        }
        to[at++] = seat.HandValue / HighestHand;
        to[at++] = (float)seat.Turn / seat.TurnCap;
        to[at++] = (float)others / (seat.Players - 1) / seat.FullHand;
        to[at++] = Wealth(seat.CoinsOf(seat.Seat), hasDetails);
        to[at++] = Wealth(coins / (seat.Players - 1), hasDetails);
        if (seat.Phase != RoundPhase.Over) to[at + (int)seat.Phase] = 1;
        at += 3;
        if (!hasDetails) return;
        for (var after = 1; after < seat.Players; after++) to[at++] = (float)seat.CardsOf((seat.Seat + after) % seat.Players) / seat.FullHand;
    }

    // Coins go on from round to round without bounds; in the default mode what was never seen in training is not shown.
    private static float Wealth(double coins, bool isBounded) => (float)(isBounded ? Math.Clamp(coins / FirstCoins, 0, 2) : coins / FirstCoins);
}
