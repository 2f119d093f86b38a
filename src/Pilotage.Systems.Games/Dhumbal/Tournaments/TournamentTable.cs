namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Contestants who play many rounds with each other, each deal in every rotation: what differs between two of them is then neither the cards nor the seat.</summary>
/// <remarks>
/// Deal d takes its cards from <c>seeds.Branch(d)</c>, its players' randomness from the branches below it. Coins go on from round to round. Not thread-safe, as its contestants are not.
/// </remarks>
/// <param name="rules">Valid house rules.</param>
/// <param name="contestants">As many as the rules have players, in seating order.</param>
/// <param name="seeds">Names the deals.</param>
internal sealed class TournamentTable(HouseRules rules, IReadOnlyList<Contestant> contestants, SeedTree seeds)
{
    private const long FirstCoins = 10_000;              // of the paper's championship
    private readonly IDhumbalAgent[] _bySeat = new IDhumbalAgent[rules.Players];
    private readonly long[] _coinsBySeat = new long[rules.Players];
    private readonly int[] _contestantOf = new int[rules.Players];
    private readonly int[] _discarded = new int[rules.Players];
    private readonly int[] _changes = new int[rules.Players];
    private readonly long[] _coins = [.. contestants.Select(_ => FirstCoins)];
    private readonly List<RoundEntry>[] _entries = [.. contestants.Select(_ => new List<RoundEntry>())];
    private readonly int[][] _orders = SeatOrders.Of(rules.Players);

    /// <summary>Who plays.</summary>
    public IReadOnlyList<Contestant> Contestants => contestants;

    /// <summary>Rounds by contestant, in the order in which they were played.</summary>
    public IReadOnlyList<IReadOnlyList<RoundEntry>> Entries => _entries;

    /// <summary>Coins of each contestant now.</summary>
    public IReadOnlyList<long> Coins => _coins;

    /// <summary>Whether the table ended early because somebody was bankrupt.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Receives every round that is played; <see langword="null"/> keeps none.</summary>
    public ReplayWriter? Log { get; init; }

    /// <summary>Whether debts end the table.</summary>
    public BankruptRule Bankrupt { get; init; } = BankruptRule.Continue;

    /// <summary>Plays deals.</summary>
    /// <param name="first">The first deal.</param>
    /// <param name="count">How many; each is as many rounds as there are players, or one with fixed seats.</param>
    /// <param name="seating">Who sits where.</param>
    /// <param name="cancellation">Looked at between deals.</param>
    public void Play(int first, int count, Seating seating = Seating.Fair, CancellationToken cancellation = default)
    {
        for (var deal = first; deal < first + count && !IsStopped; deal++)
        {
            cancellation.ThrowIfCancellationRequested();
            var branch = seeds.Branch(deal);
            var order = _orders[seating == Seating.Fixed ? 0 : deal % _orders.Length];
            for (var rotation = 0; rotation < (seating == Seating.Fixed ? 1 : rules.Players) && !IsStopped; rotation++) PlayRound(deal, branch, order, rotation);
        }
    }

    private void PlayRound(int deal, SeedTree branch, int[] order, int rotation)
    {
        for (var seat = 0; seat < rules.Players; seat++)
        {
            var contestant = order[(seat + rotation) % rules.Players];
            (_contestantOf[seat], _bySeat[seat], _coinsBySeat[seat]) = (contestant, contestants[contestant].Agent, _coins[contestant]);
        }
        var round = new DhumbalRound(rules, 0, branch);
        var random = branch.Branch(rotation).Start();
        Log?.Begin(branch, start: 0, [.. _contestantOf.Select(contestant => contestants[contestant].Name)]);
        RoundPlayer.Play(ref round, _bySeat, _coinsBySeat, ref random, _discarded, Log?.Moves);
        var winner = round.Settle(_changes);
        Log?.End(round, _changes);
        for (var seat = 0; seat < rules.Players; seat++)
        {
            var contestant = _contestantOf[seat];
            var called = round.End == RoundEnd.Called && round.Caller == seat;
            _entries[contestant].Add(new(deal, seat, winner == seat, _changes[seat], called, called ? Cards.ValueOf(round.HandOf(seat)) : 0, _discarded[seat]));
            _coins[contestant] += _changes[seat];
            IsStopped |= Bankrupt == BankruptRule.Stop && _coins[contestant] < 0;
        }
    }
}
