using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Rules;

public class DiscardsTests
{
    [Fact]
    public void Catalogue_ByKind_HasTheSheetsNumbers()
    {
        var entries = Enumerable.Range(0, Discards.CountFor(5)).ToList();
        int Cards(Func<int, bool> kind, int count) => entries.Count(entry => kind(entry) && Games.Dhumbal.Cards.CountOf(Discards.CardsOf(entry)) == count);
        Assert.Equal(315, entries.Count);
        Assert.Equal([52, 78, 52, 13], [Cards(e => e < 52, 1), Cards(Discards.IsSet, 2), Cards(Discards.IsSet, 3), Cards(Discards.IsSet, 4)]);
        Assert.Equal([44, 40, 36], [Cards(Discards.IsRun, 3), Cards(Discards.IsRun, 4), Cards(Discards.IsRun, 5)]);
        Assert.Equal(319, Moves.CountFor(5));
        Assert.Equal(Discards.Count, Discards.CountFor(13));
        Assert.Equal(Discards.Count, Enumerable.Range(0, Discards.Count).Select(Discards.CardsOf).Distinct().Count());
    }

    [Fact]
    public void List_AgainstTheDefinition_IsTheSameForManyHands()
    {
        var random = SeedTree.Root(3).Start();
        var listed = new int[Discards.Count];
        for (var trial = 0; trial < 3000; trial++)
        {
            var hand = 0UL;
            for (var card = 0; card < 1 + trial % 13; card++) hand |= Cards.Bit(random.NextInt(trial % 3 == 0 ? 20 : Cards.Count));
            var fast = listed[..Discards.List(hand, sets: true, runs: true, listed)].Order();
            var slow = Enumerable.Range(0, Discards.Count).Where(entry => (Discards.CardsOf(entry) & ~hand) == 0);
            Assert.Equal(slow, fast);
        }
    }

    [Fact]
    public void Runs_EachEntry_IsConsecutiveAndOfOneSuit()
    {
        foreach (var entry in Enumerable.Range(0, Discards.Count).Where(Discards.IsRun))
        {
            var cards = Enumerable.Range(0, Cards.Count).Where(card => (Discards.CardsOf(entry) & Cards.Bit(card)) != 0).ToList();
            Assert.Single(cards.Select(card => card & 3).Distinct());
            Assert.All(cards.Zip(cards.Skip(1)), pair => Assert.Equal(pair.First + 4, pair.Second));
            Assert.Equal(entry, Discards.Find(Discards.CardsOf(entry)));
        }
    }

    [Fact]
    public void List_WithoutSetsOrRuns_LeavesThemOut()
    {
        var hand = Rounds.Cards("K♠ K♥ 2♦ 3♦ 4♦");
        var listed = new int[Discards.Count];
        Assert.Equal(7, Discards.List(hand, sets: true, runs: true, listed));
        Assert.Equal(6, Discards.List(hand, sets: true, runs: false, listed));
        Assert.Equal(6, Discards.List(hand, sets: false, runs: true, listed));
        Assert.Equal(5, Discards.List(hand, sets: false, runs: false, listed));
    }
}
