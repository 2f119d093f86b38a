namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What the player on turn may know: the own hand, the pile, numbers of cards, coins. A view: valid during the decision only.</summary>
public readonly ref struct SeatView
{
    private readonly ref readonly DhumbalRound _round;
    private readonly ReadOnlySpan<long> _coins;

    /// <summary>Looks at a round as the player on turn.</summary>
    /// <param name="round">Not over.</param>
    /// <param name="coins">Coins of each seat before the round.</param>
    public SeatView(ref readonly DhumbalRound round, ReadOnlySpan<long> coins) : this(in round, coins, round.Player) { }

    /// <summary>Looks at a round from any seat.</summary>
    internal SeatView(ref readonly DhumbalRound round, ReadOnlySpan<long> coins, int seat)
    {
        _round = ref round;
        _coins = coins;
        Seat = seat;
    }

    /// <summary>The own seat.</summary>
    public int Seat { get; }

    /// <summary>Players at the table.</summary>
    public int Players => _round.Players;

    /// <summary>What is to be decided.</summary>
    public RoundPhase Phase => _round.Phase;

    /// <summary>The own cards.</summary>
    public ulong Hand => _round.HandOf(Seat);

    /// <summary>What the own cards count.</summary>
    public int HandValue => Cards.ValueOf(Hand);

    /// <summary>The card of the pile that could be taken.</summary>
    public int Offered => _round.Offered;

    /// <summary>The cards of the pile, all of which were seen.</summary>
    public ulong PileCards => _round.PileCards;

    /// <summary>Cards in the stock.</summary>
    public int StockCount => _round.StockCount;

    /// <summary>Turns that ended, over all players.</summary>
    public int Turn => _round.Turn;

    /// <summary>Turns after which the round ends.</summary>
    public int TurnCap => _round.Rules.TurnCap;

    /// <summary>Cards of a full hand.</summary>
    public int FullHand => _round.Rules.HandSize;

    /// <summary>The highest hand with which one may call.</summary>
    public int CallThreshold => _round.Rules.CallThreshold;

    /// <summary>The round, for searches and encodings that read no more of it than this view shows.</summary>
    internal ref readonly DhumbalRound Round => ref _round;

    /// <summary>How many cards a player holds.</summary>
    /// <param name="seat">In [0, <see cref="Players"/>).</param>
    /// <returns>At least 1.</returns>
    public int CardsOf(int seat) => Cards.CountOf(_round.HandOf(seat));

    /// <summary>Cards that a player was seen taking from the pile and still holds.</summary>
    /// <param name="seat">In [0, <see cref="Players"/>).</param>
    /// <returns>A set.</returns>
    public ulong KnownOf(int seat) => _round.HandOf(seat) & _round.KnownCards;

    /// <summary>Coins of a player before the round.</summary>
    /// <param name="seat">In [0, <see cref="Players"/>).</param>
    /// <returns>May be below 0.</returns>
    public long CoinsOf(int seat) => _coins[seat];

    /// <summary>Mean coins of the table.</summary>
    public double MeanCoins
    {
        get
        {
            var sum = 0.0;
            for (var seat = 0; seat < Players; seat++) sum += _coins[seat];
            return sum / Players;
        }
    }

    /// <summary>Lists what may be discarded.</summary>
    /// <param name="entries">Receives numbers of <see cref="Discards"/>; room for <see cref="Discards.Count"/>.</param>
    /// <returns>How many were written.</returns>
    public int ListDiscards(Span<int> entries) => Discards.List(Hand, _round.Rules.Sets, _round.Rules.Runs, entries);
}
