using System.Numerics;
using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Rules;

public class DhumbalRoundTests
{
    public static TheoryData<int, int, PickRule> Tables => new()
    {
        { 2, 5, PickRule.Previous }, { 4, 5, PickRule.Previous }, { 4, 5, PickRule.Own }, { 5, 5, PickRule.Own }, { 3, 7, PickRule.Previous }, { 5, 10, PickRule.Previous }, { 5, 10, PickRule.Own }, { 2, 25, PickRule.Previous },
    };

    // What lies where: every card exactly once in a hand, on the pile or (unseen, counted) in the stock.
    private static void AssertConserved(in DhumbalRound round)
    {
        var (seen, count) = (round.PileCards, Cards.CountOf(round.PileCards));
        for (var seat = 0; seat < round.Players; seat++) (seen, count) = (seen | round.HandOf(seat), count + Cards.CountOf(round.HandOf(seat)));
        Assert.Equal(count, Cards.CountOf(seen));
        Assert.Equal(Cards.Count, count + round.StockCount);
        Assert.Equal(round.PileCount, Cards.CountOf(round.PileCards));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Play_RandomMoves_KeepsCardsAndCoins(int players, int handSize, PickRule pickup)
    {
        var rules = new HouseRules { Players = players, HandSize = handSize, Pickup = pickup };
        var random = SeedTree.Root(1).Start();
        var legal = new int[Moves.CountFor(handSize)];
        var ends = new HashSet<RoundEnd>();
        for (var deal = 0; deal < 300; deal++)
        {
            var round = new DhumbalRound(rules, deal % players, SeedTree.Root(2).Branch(deal));
            AssertConserved(round);
            while (!round.IsOver)
            {
                Assert.True(round.Phase != RoundPhase.Call || Cards.ValueOf(round.HandOf(round.Player)) <= rules.CallThreshold);
                if (round.Phase == RoundPhase.Pick) Assert.True(round.PileCount >= 2, "an empty stock could not be filled");
                round.Play(legal[random.NextInt(round.ListLegal(legal))]);
                AssertConserved(round);
            }
            var changes = new int[players];
            var winner = round.Settle(changes);
            Assert.Equal(0, changes.Sum());
            Assert.True(changes[winner] >= 0);
            Assert.True(changes.Max() <= rules.LargestTransfer);
            Assert.Equal(0, round.ListLegal(legal));
            ends.Add(round.End);
        }
        Assert.DoesNotContain(RoundEnd.Running, ends);
    }

    [Fact]
    public void Deal_StartSeat_IsServedAndPlaysFirst()
    {
        for (var start = 0; start < 4; start++)
        {
            var round = new DhumbalRound(new(), start, SeedTree.Root(4));
            var first = new DhumbalRound(new(), 0, SeedTree.Root(4));
            Assert.Equal(start, round.Player);
            for (var seat = 0; seat < 4; seat++) Assert.Equal(first.HandOf(seat), round.HandOf((seat + start) % 4));
            Assert.Equal(52 - 21, round.StockCount);
        }
    }

    [Fact]
    public void Deal_ManyRounds_HandsAreUniform()
    {
        var counts = new int[Cards.Count];
        double sum = 0;
        const int Deals = 4000;
        for (var deal = 0; deal < Deals; deal++)
        {
            var round = new DhumbalRound(new(), 0, SeedTree.Root(6).Branch(deal));
            for (var seat = 0; seat < 4; seat++)
            {
                sum += Cards.ValueOf(round.HandOf(seat));
                for (var left = round.HandOf(seat); left != 0; left &= left - 1) counts[BitOperations.TrailingZeroCount(left)]++;
            }
        }
        Assert.Equal(35, sum / Deals / 4, 0.25);                                          // a hand's deviation is about 8.0; 4 standard errors of 16,000 hands
        const double Expected = Deals * 20 / 52.0;
        var chiSquare = counts.Sum(count => (count - Expected) * (count - Expected) / Expected);
        Assert.InRange(chiSquare, 15, 51);                                                // 51 degrees, drawn without replacement, so below 51 (32 / 52 of it) in the mean
    }

    [Fact]
    public void Stock_SameDealOtherDecisions_GivesTheSameCardsInOrder()
    {
        var (first, second) = (new DhumbalRound(new(), 0, SeedTree.Root(11)), new DhumbalRound(new(), 0, SeedTree.Root(11)));
        var legal = new int[Moves.CountFor(5)];
        for (var draw = 0; draw < 12 && !first.IsOver && !second.IsOver; draw++)
        {
            Assert.Equal(Draw(ref first, 0), Draw(ref second, 1));
        }

        ulong Draw(ref DhumbalRound round, int from)
        {
            if (round.Phase == RoundPhase.Call) round.Play(Moves.PlayOn);
            var count = round.ListLegal(legal);
            round.Play(legal[from == 0 ? 0 : Math.Min(4, count - 1)]);
            var (seat, before) = (round.Player, round.HandOf(round.Player));
            if (round.IsOver) return 0;
            round.Play(Moves.TakeStock);
            return round.HandOf(seat) & ~before;
        }
    }

    [Theory]
    [InlineData(PickRule.Previous)]
    [InlineData(PickRule.Own)]
    public void Pick_FromThePile_IsThePreviousTopOrTheOwnLastCard(PickRule pickup)
    {
        var round = new DhumbalRound(new() { Pickup = pickup }, 0, SeedTree.Root(12));
        var (top, hand) = (round.Offered, round.HandOf(0));
        var highest = 63 - BitOperations.LeadingZeroCount(hand);
        round.Play(Moves.Discard(highest));
        var expected = pickup == PickRule.Own ? highest : top;
        Assert.Equal(expected, round.Offered);
        round.Play(Moves.TakePile);
        Assert.Equal(hand & ~Cards.Bit(highest) | Cards.Bit(expected), round.HandOf(0));
        Assert.Equal(Cards.Bit(expected), round.KnownCards);
        Assert.Equal(pickup == PickRule.Own ? top : highest, round.Offered);
        Assert.Equal(1, round.Player);
    }

    [Fact]
    public void Refill_EmptyStock_KeepsTheTopAndShufflesTheRest()
    {
        var rules = new HouseRules { Players = 5, HandSize = 10, CallThreshold = 0 };    // one card is left in the stock
        var round = new DhumbalRound(rules, 0, SeedTree.Root(13));
        Assert.Equal(1, round.StockCount);
        for (var turn = 0; turn < 2; turn++)
        {
            round.Play(Moves.Discard(BitOperations.TrailingZeroCount(round.HandOf(round.Player))));
            round.Play(Moves.TakeStock);
        }
        // Pile after the second discard: first top, a, b. Refilled from the first two, one of which was drawn.
        Assert.Equal(1, round.PileCount);
        Assert.Equal(1, round.StockCount);
        AssertConserved(round);
    }

    [Fact]
    public void TurnCap_NobodyCalls_TheFirstOfTheLowestCountsAsCaller()
    {
        var round = Rounds.Find(new() { TurnCap = 6, CallThreshold = 0 }, r => r.End == RoundEnd.TurnCap);
        int[] costs = [.. Enumerable.Range(0, 4).Select(seat => Cards.ValueOf(round.HandOf(seat)))];
        Assert.Equal(Array.IndexOf(costs, costs.Min()), round.Caller);
        Assert.Equal(6, round.Turn);
    }

    [Fact]
    public void EmptiedHand_EndsTheRound_AndWins()
    {
        var round = Rounds.Find(new() { HandSize = 2, CallThreshold = 0 }, r => r.End == RoundEnd.Emptied);
        var changes = new int[4];
        Assert.Equal(0UL, round.HandOf(round.Caller));
        Assert.Equal(round.Caller, round.Settle(changes));
    }

    [Fact]
    public void Settle_CapOnValues_LimitsWhatIsPaid()
    {
        var round = Rounds.Find(new() { ValueCap = 12 }, r => r.End == RoundEnd.Called);
        var changes = new int[4];
        round.Settle(changes);
        Assert.True(changes.Min() >= -48);
        Assert.All(Enumerable.Range(0, 4), seat => Assert.True(round.CostOf(seat) <= 12));
    }

    [Fact]
    public void IllegalMoves_AreRefused_WithTheReason()
    {
        var high = new DhumbalRound(new(), 0, SeedTree.Root(12));
        var low = Rounds.Find(new(), r => r.Phase == RoundPhase.Call);
        var after = low;
        after.Play(Moves.PlayOn);
        var pick = high;
        pick.Play(Moves.Discard(BitOperations.TrailingZeroCount(high.HandOf(0))));
        var over = low;
        over.Play(Moves.Call);
        var missing = BitOperations.TrailingZeroCount(~high.HandOf(0));
        string?[] told =
        [
            MoveReasons.WhyIllegal(high, Moves.Call), MoveReasons.WhyIllegal(high, Moves.PlayOn), MoveReasons.WhyIllegal(high, Moves.TakeStock), MoveReasons.WhyIllegal(high, Moves.Discard(missing)),
            MoveReasons.WhyIllegal(low, Moves.TakePile), MoveReasons.WhyIllegal(after, Moves.Call), MoveReasons.WhyIllegal(pick, Moves.Discard(0)), MoveReasons.WhyIllegal(over, Moves.Call),
            MoveReasons.WhyIllegal(high, 9999), MoveReasons.WhyIllegal(high, -1),
        ];
        Assert.All(told, reason => Assert.NotNull(reason));
        Snapshot.Matches(string.Join("\n", told));
        var failure = Assert.Throws<RunFailedException>(() => high.Play(Moves.Call));
        Assert.Contains("too high to call", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Q♠ K♠ A♠ 2♠")]
    [InlineData("3♠ 4♠ 5♥")]
    [InlineData("3♠ 4♠")]
    [InlineData("3♠ 5♠ 6♠")]
    [InlineData("A♠ Q♠ K♠")]
    [InlineData("7♠ 7♥ 8♠")]
    public void IllegalGroups_AreRefused_WithTheReason(string cards)
    {
        var set = cards.Length == 0 ? 0 : Rounds.Cards(cards);
        var round = new DhumbalRound(new() { Players = 2, HandSize = 25 }, 0, SeedTree.Root(21));
        Assert.True(set == 0 || Discards.Find(set) < 0);
        // The hand must hold them for the reason to be about the group.
        round = Rounds.Find(new() { Players = 2, HandSize = 25 }, r => r.Phase == RoundPhase.Discard && (set & ~r.HandOf(r.Player)) == 0);
        Snapshot.Matches(MoveReasons.WhyNotDiscard(round, set)!, "group_" + (cards.Length == 0 ? "none" : string.Concat(cards.Split(' ').Select(c => c.Replace("♠", "s", StringComparison.Ordinal).Replace("♥", "h", StringComparison.Ordinal)))));
    }

    [Fact]
    public void HouseRules_WithoutSetsAndRuns_RefuseThem()
    {
        var pair = Rounds.Cards("7♠ 7♥");
        var run = Rounds.Cards("3♠ 4♠ 5♠");
        var round = Rounds.Find(new() { Players = 2, HandSize = 25, Sets = false, Runs = false }, r => r.Phase == RoundPhase.Discard && ((pair | run) & ~r.HandOf(r.Player)) == 0);
        Assert.Equal("these house rules do not let cards of one rank be discarded together.", MoveReasons.WhyNotDiscard(round, pair));
        Assert.Equal("these house rules do not know runs.", MoveReasons.WhyNotDiscard(round, run));
        Assert.False(round.IsLegal(Moves.Discard(Discards.Find(pair))));
        Assert.False(round.IsLegal(Moves.Discard(Discards.Find(run))));
    }
}
