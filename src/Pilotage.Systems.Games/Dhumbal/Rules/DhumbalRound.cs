using System.Numerics;
using System.Runtime.CompilerServices;
using Pilotage.Search;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>One round: hands, pile, stock, whose turn it is. A struct without references: copied, forked and kept as its bytes.</summary>
/// <remarks>
/// Source: arXiv:2510.11736 and its program. A turn is up to three decisions: to call (asked only where the hand is low enough), what to discard, where to take a card from.
/// The stock is shuffled as it is drawn, by a stream of its own: whatever the players decide, the n-th card drawn from an unbroken stock is the same, so deals can be played again by others.
/// After a discard the pile holds two cards at least, so an empty stock can always be filled from it.
/// </remarks>
public struct DhumbalRound : IPosition<DhumbalRound>
{
    /// <summary>Most players of a round.</summary>
    internal const int MostPlayers = 5;

    private SeatCards _hands;
    private DeckCards _stock, _pile;                     // the pile with its top last
    private ulong _known;                                // cards in hands that everybody saw being taken
    private Randomness _deal;
    private readonly RoundRules _rules;
    private byte _stockCount, _pileCount, _offered, _seat;
    private sbyte _caller;
    private short _turn;
    private RoundPhase _phase;
    private RoundEnd _end;

    /// <summary>Shuffles, deals one card at a time round the table, and turns one over to begin the pile.</summary>
    /// <param name="rules">Valid rules.</param>
    /// <param name="start">The seat that is dealt to first and plays first.</param>
    /// <param name="deal">Names the deal: the same branch gives the same cards to the same seats, and the same stock.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such seat.</exception>
    public DhumbalRound(HouseRules rules, int start, SeedTree deal) : this(new RoundRules(rules), start, deal.Start()) { }

    internal DhumbalRound(in RoundRules rules, int start, Randomness deal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)start, rules.Players, nameof(start));
        (_rules, _deal, _seat, _caller, _stockCount) = (rules, deal, (byte)start, -1, Cards.Count);
        for (var card = 0; card < Cards.Count; card++) _stock[card] = (byte)card;
        for (var card = 0; card < rules.HandSize; card++)
            for (var i = 0; i < rules.Players; i++) _hands[(start + i) % rules.Players] |= Cards.Bit(Draw());
        Lay(Draw());
        _offered = _pile[0];
        BeginTurn();
    }

    /// <summary>Players at the table.</summary>
    public readonly int Players => _rules.Players;

    /// <inheritdoc/>
    public readonly int ActionLimit => _rules.ActionLimit;

    /// <summary>Whose turn it is.</summary>
    public readonly int Player => _seat;

    /// <summary>What is to be decided now.</summary>
    public readonly RoundPhase Phase => _phase;

    /// <inheritdoc/>
    public readonly bool IsOver => _phase == RoundPhase.Over;

    /// <summary>Why the round ended.</summary>
    public readonly RoundEnd End => _end;

    /// <summary>Turns that ended, over all players.</summary>
    public readonly int Turn => _turn;

    /// <summary>Who called, or counts as the caller; -1 while the round runs.</summary>
    public readonly int Caller => _caller;

    /// <summary>The card that the player on turn could take from the pile; after the last pick, what the next player could.</summary>
    public readonly int Offered => _offered;

    /// <summary>Cards in the stock.</summary>
    public readonly int StockCount => _stockCount;

    /// <summary>Cards of the pile, all of which everybody saw.</summary>
    public readonly ulong PileCards
    {
        get
        {
            var cards = 0UL;
            for (var i = 0; i < _pileCount; i++) cards |= Cards.Bit(_pile[i]);
            return cards;
        }
    }

    /// <summary>Cards in hands that everybody saw being taken from the pile.</summary>
    public readonly ulong KnownCards => _known;

    internal readonly RoundRules Rules => _rules;

    internal readonly int PileCount => _pileCount;

    /// <summary>A seat's hand: for its owner, and for whoever keeps the game.</summary>
    /// <param name="seat">In [0, <see cref="Players"/>).</param>
    /// <returns>A set.</returns>
    public readonly ulong HandOf(int seat) => _hands[seat];

    /// <summary>Plays a move, and what follows from it.</summary>
    /// <param name="move">One of <see cref="Moves"/>.</param>
    /// <exception cref="RunFailedException">It is not legal; the message says why.</exception>
    public void Play(int move)
    {
        if (!IsLegal(move)) throw new RunFailedException($"Seat {_seat} may not play \"{MoveReasons.Name(move)}\": {MoveReasons.WhyIllegal(this, move)}");
        switch (_phase)
        {
            case RoundPhase.Call:
                if (move == Moves.Call) Finish(_seat, RoundEnd.Called);
                else _phase = RoundPhase.Discard;
                break;
            case RoundPhase.Discard:
                Discard(Discards.CardsOf(move - Moves.FirstDiscard));
                break;
            default:
                Pick(move == Moves.TakePile);
                break;
        }
    }

    /// <summary>Whether the player on turn may play a move.</summary>
    /// <param name="move">Any number.</param>
    /// <returns><see cref="MoveReasons.WhyIllegal(in DhumbalRound, int)"/> says why not.</returns>
    public readonly bool IsLegal(int move) => _phase switch
    {
        RoundPhase.Call => move is Moves.Call or Moves.PlayOn,
        RoundPhase.Discard => (uint)(move - Moves.FirstDiscard) < Discards.Count && IsDiscard(move - Moves.FirstDiscard),
        RoundPhase.Pick => move is Moves.TakePile or Moves.TakeStock,
        _ => false,
    };

    /// <inheritdoc/>
    public readonly int ListLegal(Span<int> actions)
    {
        switch (_phase)
        {
            case RoundPhase.Call:
                (actions[0], actions[1]) = (Moves.Call, Moves.PlayOn);
                return 2;
            case RoundPhase.Pick:
                (actions[0], actions[1]) = (Moves.TakePile, Moves.TakeStock);
                return 2;
            case RoundPhase.Discard:
                var count = Discards.List(_hands[_seat], _rules.Sets, _rules.Runs, actions);
                foreach (ref var action in actions[..count]) action += Moves.FirstDiscard;
                return count;
            default:
                return 0;
        }
    }

    /// <summary>What each hand costs its owner, at most the cap.</summary>
    /// <param name="seat">In [0, <see cref="Players"/>).</param>
    /// <returns>v in the paper.</returns>
    public readonly int CostOf(int seat) => Math.Min(_rules.ValueCap, Cards.ValueOf(_hands[seat]));

    /// <summary>Coins that each seat gets when the round is over; they sum to 0.</summary>
    /// <param name="changes">To be filled, one per player.</param>
    /// <returns>The seat that won.</returns>
    public readonly int Settle(Span<int> changes)
    {
        Span<int> costs = stackalloc int[MostPlayers];
        for (var seat = 0; seat < Players; seat++) costs[seat] = CostOf(seat);
        return Settlement.Settle(costs[..Players], _caller, _rules.FailureFactor, _rules.FailureFee, changes);
    }

    /// <inheritdoc/>
    /// <remarks>Coins over the most that can change hands, so in [-1, 1].</remarks>
    public readonly void Score(Span<double> returns)
    {
        Span<int> changes = stackalloc int[MostPlayers];
        Settle(changes[..Players]);
        for (var seat = 0; seat < Players; seat++) returns[seat] = (double)changes[seat] / _rules.LargestTransfer;
    }

    /// <inheritdoc/>
    public readonly void CopyTo(ref DhumbalRound other) => other = this;

    void IPosition<DhumbalRound>.Play(int action, ref Randomness random) => Play(action);

    /// <summary>Draws what an observer does not see: the others' cards but those seen being taken, and the stock.</summary>
    internal readonly void Determinize(int observer, ref DhumbalRound sample, ref Randomness random)
    {
        sample = this;
        sample._deal = new(random.NextBits());
        var left = Cards.All & ~(_hands[observer] | PileCards | _known);
        var count = 0;
        for (; left != 0; left &= left - 1) sample._stock[count++] = (byte)BitOperations.TrailingZeroCount(left);
        sample._stockCount = (byte)count;
        for (var seat = 0; seat < Players; seat++)
        {
            if (seat == observer) continue;
            var seen = _hands[seat] & _known;
            sample._hands[seat] = seen;
            for (var i = Cards.CountOf(_hands[seat]) - Cards.CountOf(seen); i > 0; i--) sample._hands[seat] |= Cards.Bit(sample.Draw());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsDiscard(int entry)
    {
        var cards = Discards.CardsOf(entry);
        return (cards & ~_hands[_seat]) == 0 && (_rules.Sets || !Discards.IsSet(entry)) && (_rules.Runs || !Discards.IsRun(entry));
    }

    private void BeginTurn() => _phase = Cards.ValueOf(_hands[_seat]) <= _rules.CallThreshold ? RoundPhase.Call : RoundPhase.Discard;

    private void Discard(ulong cards)
    {
        _hands[_seat] &= ~cards;
        _known &= ~cards;
        for (var left = cards; left != 0; left &= left - 1) Lay(BitOperations.TrailingZeroCount(left));
        if (_rules.TakesOwn) _offered = _pile[_pileCount - 1];
        if (_hands[_seat] == 0) Finish(_seat, RoundEnd.Emptied);
        else _phase = RoundPhase.Pick;
    }

    private void Pick(bool fromPile)
    {
        int card;
        if (fromPile)
        {
            card = TakeOffered();
            _known |= Cards.Bit(card);
        }
        else
        {
            if (_stockCount == 0) Refill();
            card = Draw();
        }
        _hands[_seat] |= Cards.Bit(card);
        _offered = _pile[_pileCount - 1];
        if (++_turn >= _rules.TurnCap)
        {
            Finish(Lowest(), RoundEnd.TurnCap);
            return;
        }
        _seat = (byte)(_seat + 1 == Players ? 0 : _seat + 1);
        BeginTurn();
    }

    private int TakeOffered()
    {
        var at = _pileCount - 1;
        while (_pile[at] != _offered) at--;
        for (_pileCount--; at < _pileCount; at++) _pile[at] = _pile[at + 1];
        return _offered;
    }

    // Keeps the top of the pile; the rest is shuffled as it is drawn.
    private void Refill()
    {
        var last = _pileCount - 1;
        for (var i = 0; i < last; i++) _stock[i] = _pile[i];
        (_stockCount, _pile[0], _pileCount) = ((byte)last, _pile[last], 1);
    }

    private int Draw()
    {
        var at = _deal.NextInt(_stockCount);
        var card = _stock[at];
        _stock[at] = _stock[--_stockCount];
        return card;
    }

    private void Lay(int card) => _pile[_pileCount++] = (byte)card;

    private readonly int Lowest()
    {
        var lowest = 0;
        for (var seat = 1; seat < Players; seat++)
            if (CostOf(seat) < CostOf(lowest)) lowest = seat;
        return lowest;
    }

    private void Finish(int caller, RoundEnd end) => (_caller, _end, _phase) = ((sbyte)caller, end, RoundPhase.Over);

    [InlineArray(MostPlayers)]
    private struct SeatCards
    {
        private ulong _first;
    }

    [InlineArray(Cards.Count)]
    private struct DeckCards
    {
        private byte _first;
    }
}
