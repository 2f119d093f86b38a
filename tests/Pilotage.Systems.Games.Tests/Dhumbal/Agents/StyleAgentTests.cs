using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Agents;

public class StyleAgentTests
{
    private static readonly long[] Even = [10_000, 10_000, 10_000, 10_000];

    [Fact]
    public void Score_TheSheetsHand_HasTheSheetsScores()
    {
        var aggressive = new StyleAgent(PlayStyle.Aggressive);
        double Score(string cards) => aggressive.Score(Discards.Find(Rounds.Cards(cards)), total: 35);
        Assert.Equal(20.06, Score("K♠"), 0.005);
        Assert.Equal(104.91, Score("K♠ K♥"), 0.005);
        Assert.Equal(24.69, Score("2♦ 3♦ 4♦"), 0.005);
    }

    [Fact]
    public void Discard_TheSheetsHand_IsThePairOfKings()
    {
        // A hand of the sheet is rare; the pair is the best of its seven options.
        var aggressive = new StyleAgent(PlayStyle.Aggressive);
        var entries = new int[Discards.Count];
        var count = Discards.List(Rounds.Cards("K♠ K♥ 2♦ 3♦ 4♦"), sets: true, runs: true, entries);
        Assert.Equal("K♠ K♥", Cards.Text(Discards.CardsOf(entries[..count].MaxBy(entry => aggressive.Score(entry, 35)))));
    }

    [Theory]
    [InlineData("aggressive", 10, 1.0)]
    [InlineData("conservative", 8, 0.0)]
    [InlineData("conservative", 7, 1.0)]
    [InlineData("balanced", 5, 1.0)]
    [InlineData("balanced", 7, 0.7)]
    [InlineData("balanced", 9, 0.4)]
    [InlineData("opportunistic", 7, 1.0)]
    [InlineData("opportunistic", 9, 0.35)]
    [InlineData("opportunistic-rich", 9, 0.85)]
    public void Calls_AtAValue_AsOftenAsTheTableSays(string name, int value, double expected)
    {
        var style = name.Split('-')[0] switch
        {
            "aggressive" => PlayStyle.Aggressive,
            "conservative" => PlayStyle.Conservative,
            "balanced" => PlayStyle.Balanced,
            _ => PlayStyle.Opportunistic,
        };
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Call && r.Turn <= 20 && Cards.ValueOf(r.HandOf(r.Player)) == value, 100_000);
        long[] coins = [.. Even];
        if (name.EndsWith("rich", StringComparison.Ordinal)) coins[round.Player]++;
        var random = SeedTree.Root(1).Start();
        var agent = new StyleAgent(style);
        var calls = 0;
        for (var i = 0; i < 4000; i++) calls += agent.Calls(new(in round, coins), ref random) ? 1 : 0;
        Assert.Equal(expected, calls / 4000.0, 0.032);                                    // 4 standard errors at most
    }

    [Theory]
    [InlineData(3, 20, true)]
    [InlineData(6, 20, true)]
    [InlineData(7, 20, false)]
    [InlineData(4, 14, true)]
    [InlineData(5, 14, false)]
    [InlineData(3, 10, true)]
    [InlineData(4, 10, false)]
    public void TakesOffered_ByValueAndHand_FollowsTheLimit(int offered, int hand, bool expected)
    {
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Pick && Cards.ValueOf(r.Offered) == offered && Cards.ValueOf(r.HandOf(r.Player)) == hand, 200_000);
        var random = SeedTree.Root(1).Start();
        Assert.Equal(expected, new StyleAgent(PlayStyle.Aggressive).TakesOffered(new(in round, Even), ref random));
    }

    [Fact]
    public void Discard_LowHandThatDidNotCall_KeepsItLow()
    {
        var agent = new StyleAgent(PlayStyle.Conservative);
        var random = SeedTree.Root(1).Start();
        var round = Rounds.Find(new(), r => r.Phase == RoundPhase.Discard && Cards.ValueOf(r.HandOf(r.Player)) is 9 or 10 && Cards.CountOf(r.HandOf(r.Player)) >= 2, 100_000);
        var hand = round.HandOf(round.Player);
        var cards = Enumerable.Range(0, Cards.Count).Where(card => (hand & Cards.Bit(card)) != 0).ToList();
        var good = cards.Where(card => Cards.ValueOf(hand) - Cards.ValueOf(card) + 5 <= 10).ToList();
        var chosen = agent.Discard(new(in round, Even), ref random);
        if (good.Count > 0) Assert.Equal(good.Max(Cards.ValueOf), Discards.ValueOf(chosen));
        else Assert.True(!Discards.IsRun(chosen) || Cards.ValueOf(hand) - Discards.ValueOf(chosen) + 5 <= 10);
    }

    [Fact]
    public void Rules_RoundsOfFour_AllocateNothing()
    {
        var (agents, discarded) = (Rounds.Rules(), new int[4]);
        var random = SeedTree.Root(8).Start();
        void Play(int from, int count)
        {
            for (var deal = from; deal < from + count; deal++)
            {
                var round = new DhumbalRound(new RoundRules(new()), 0, SeedTree.Root(1).Branch(deal).Start());
                RoundPlayer.Play(ref round, agents, Even, ref random, discarded);
            }
        }
        Play(0, 50);
        var rules = new RoundRules(new());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var deal = 0; deal < 200; deal++)
        {
            var round = new DhumbalRound(rules, 0, new((ulong)deal));
            RoundPlayer.Play(ref round, agents, Even, ref random, discarded);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
