using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Agents;

public class SearchAgentTests
{
    private static readonly long[] Even = [10_000, 10_000, 10_000, 10_000];

    [Theory]
    [InlineData(PickRule.Previous)]
    [InlineData(PickRule.Own)]
    public void Determinize_AnyMoment_NeverDealsASeenCard(PickRule pickup)
    {
        var random = SeedTree.Root(31).Start();
        var sample = default(DhumbalRound);
        var agents = Rounds.Rules();
        var (changed, refilled) = (0, 0);
        for (var deal = 0; deal < 200; deal++)
        {
            var round = new DhumbalRound(new() { Pickup = pickup, CallThreshold = deal % 2 == 0 ? 10 : 2 }, 0, SeedTree.Root(32).Branch(deal));
            while (!round.IsOver)
            {
                new HiddenHands().Sample(round, round.Player, ref sample, ref random);
                var observer = round.Player;
                Assert.Equal(round.HandOf(observer), sample.HandOf(observer));
                Assert.Equal(round.PileCards, sample.PileCards);
                Assert.Equal(round.StockCount, sample.StockCount);
                Assert.Equal((round.Phase, round.Turn, round.Offered), (sample.Phase, sample.Turn, sample.Offered));
                var seen = round.HandOf(observer) | round.PileCards;
                for (var seat = 0; seat < 4; seat++)
                {
                    Assert.Equal(Cards.CountOf(round.HandOf(seat)), Cards.CountOf(sample.HandOf(seat)));
                    if (seat == observer) continue;
                    Assert.Equal(0UL, sample.HandOf(seat) & seen);
                    Assert.Equal(round.HandOf(seat) & round.KnownCards, sample.HandOf(seat) & round.KnownCards);
                    if (sample.HandOf(seat) != round.HandOf(seat)) changed++;
                    seen |= sample.HandOf(seat);
                }
                if (round.StockCount > 31) refilled++;
                round.Play(RoundPlayer.Decide(agents[round.Player], new(in round, Even), ref random));
            }
        }
        Assert.True(changed > 1000);
    }

    [Fact]
    public void Determinize_HiddenCards_AreUniform()
    {
        var round = new DhumbalRound(new(), 0, SeedTree.Root(33));
        var random = SeedTree.Root(34).Start();
        var sample = default(DhumbalRound);
        var counts = new int[Cards.Count];
        const int Samples = 20_000;
        for (var i = 0; i < Samples; i++)
        {
            new HiddenHands().Sample(round, 0, ref sample, ref random);
            for (var card = 0; card < Cards.Count; card++) counts[card] += (sample.HandOf(2) >> card & 1) == 1 ? 1 : 0;
        }
        const double Expected = Samples * 5 / 46.0;                                       // 46 cards are neither in the hand nor on the pile
        var hidden = Enumerable.Range(0, Cards.Count).Where(card => ((round.HandOf(0) | round.PileCards) >> card & 1) == 0).ToList();
        Assert.Equal(46, hidden.Count);
        Assert.InRange(hidden.Sum(card => (counts[card] - Expected) * (counts[card] - Expected) / Expected), 15, 80);       // chi square, about 41 expected
    }

    [Fact]
    public void Decide_OneLegalMove_SearchesNothing()
    {
        var round = Rounds.Find(new() { HandSize = 1, CallThreshold = 0 }, r => r.Phase == RoundPhase.Discard);
        var agent = new SearchAgent(100, 0.2);
        var random = SeedTree.Root(1).Start();
        var untouched = random;
        Assert.Equal(round.HandOf(round.Player), Discards.CardsOf(agent.Discard(new(in round, Even), ref random)));
        Assert.Equal(0, agent.Nodes);
        Assert.Equal(untouched.Counter, random.Counter);
    }

    [Fact]
    public void Calls_AHandThatCannotLose_Calls()
    {
        // One player left with three cards of the lowest value can hardly be beaten: calling pays, playing on hardly more.
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Call && Cards.ValueOf(r.HandOf(r.Player)) <= 3 && Enumerable.Range(0, 4).All(s => s == r.Player || Cards.CountOf(r.HandOf(s)) >= 4), 200_000);
        var random = SeedTree.Root(2).Start();
        Assert.True(new SearchAgent(400, 0.2, new StyleAgent(PlayStyle.Aggressive)).Calls(new(in round, Even), ref random));
    }

    [Fact]
    public void Decide_SameSeed_IsTheSameMove()
    {
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Discard && r.Turn == 5);
        var (first, second) = (SeedTree.Root(3).Start(), SeedTree.Root(3).Start());
        Assert.Equal(new SearchAgent(200, 0.2).Discard(new(in round, Even), ref first), new SearchAgent(200, 0.2).Discard(new(in round, Even), ref second));
    }
}
