using Pilotage.Search;
using Xunit;

namespace Pilotage.Tests.Search;

public class TreeSearchTests
{
    [Theory, InlineData(TreeSelection.Uct), InlineData(TreeSelection.Puct)]
    public void Decide_TicTacToe_NeverLeavesPerfectPlay(TreeSelection selection)
    {
        // From every position of 60 games against chance, the chosen action keeps what perfect play is worth; so the game is never lost.
        var search = new TreeSearch<TicTacToe>(new() { Simulations = 4_000, Selection = selection });
        var random = SeedTree.Root(5).Start();
        var known = new Dictionary<(int, int), double>();
        for (var game = 0; game < 12; game++)
        {
            var position = default(TicTacToe);
            for (var searches = game % 2 == 0; !position.IsOver; searches = !searches)
            {
                var action = searches ? search.Decide(position, ref random) : Chance(position, ref random);
                var (before, next) = (position.Minimax(known), position);
                next.Play(action, ref random);
                if (searches) Assert.Equal(before, 1 - next.Minimax(known));
                position = next;
            }
        }
    }

    [Fact]
    public void Decide_Nim_TakesToExclusiveOrZero()
    {
        var search = new TreeSearch<Nim>(new() { Simulations = 6_000 });
        var random = SeedTree.Root(6).Start();
        for (var first = 0; first <= 3; first++)
            for (var second = 0; second <= 3; second++)
                for (var third = 1; third <= 3; third++)
                {
                    var position = new Nim(first, second, third);
                    if (position.Parity == 0) continue;                  // lost whatever is played
                    position.Play(search.Decide(position, ref random), ref random);
                    Assert.True(position.Parity == 0, $"{first} {second} {third}");
                }
    }

    [Fact]
    public void Decide_ThreePlayers_EachMaximisesItsOwn()
    {
        var search = new TreeSearch<ThreePlayers>(new() { Simulations = 10_000, Exploration = 0.5 });
        var random = SeedTree.Root(7).Start();
        for (var seed = 0UL; seed < 40; seed++)
        {
            var position = new ThreePlayers(seed);
            var (action, returns) = position.Best();
            Assert.True(action == search.Decide(position, ref random), $"seed {seed}: {action} for {returns[0]:F3}; {string.Join(", ", search.RootStatistics())}");
            Assert.Equal(returns[0], search.RootStatistics()[action].Value, 0.05);
        }
    }

    [Theory, InlineData(0, -2), InlineData(1, 0), InlineData(2, 2)]
    public void Decide_KuhnFacingABet_KnowsWhatACallIsWorth(int card, double call)
    {
        // Folding loses 1. A call wins or loses 2 against the two other cards alike: -2 with the jack, 0 with the queen, 2 with the king.
        var search = new TreeSearch<Kuhn>(new() { Simulations = 4_000, Exploration = 2 }, determinization: new Kuhn.Unseen());
        var random = SeedTree.Root(8).Start();
        var position = new Kuhn((card + 1) % 3, card);
        position.Play(1, ref random);
        Assert.Equal(card == 0 ? 0 : 1, search.Decide(position, ref random));
        var known = search.RootStatistics();
        Assert.Equal(-1, known[0].Value);
        Assert.Equal(call, known[1].Value, 0.1);
    }

    [Fact]
    public void Decide_HiddenCoin_DoesNotThinkThatItWillKnowTheSide()
    {
        var random = SeedTree.Root(9).Start();
        var hidden = new TreeSearch<HiddenCoin>(new() { Simulations = 4_000 }, determinization: new HiddenCoin.Toss());
        Assert.Equal(0, hidden.Decide(new HiddenCoin(1), ref random));
        Assert.Equal(0.5, hidden.RootStatistics()[1].Value, 0.06);

        var seen = new TreeSearch<HiddenCoin>(new() { Simulations = 4_000 });
        Assert.Equal(1, seen.Decide(new HiddenCoin(1), ref random));
        Assert.Equal(1, seen.RootStatistics()[1].Value, 0.06);
    }

    [Fact]
    public void Decide_PriorsAndValuesGiven_FollowThem()
    {
        // With no exploration but by priors, the action that the evaluation recommends gets the visits; with wrong priors the values win in the end.
        var random = SeedTree.Root(10).Start();
        var wrong = new TreeSearch<Nim>(new() { Simulations = 3_000, Selection = TreeSelection.Puct, Exploration = 1 }, new FirstActionFavoured());
        var position = new Nim(1, 0, 3);                                 // right is to take 2 of the third heap: its place is 17
        Assert.Equal(17, wrong.Decide(position, ref random));
        var few = new TreeSearch<Nim>(new() { Simulations = 8, Selection = TreeSelection.Puct, Exploration = 10 }, new FirstActionFavoured());
        Assert.Equal(0, few.Decide(position, ref random));
    }

    [Fact]
    public void Decide_SameSeed_GivesTheSameTree()
    {
        var (one, two) = (new TreeSearch<TicTacToe>(new()), new TreeSearch<TicTacToe>(new()));
        var (a, b) = (SeedTree.Root(1).Start(), SeedTree.Root(1).Start());
        one.Decide(default, ref a);
        one.Decide(default, ref a);
        two.Decide(default, ref b);
        two.Decide(default, ref b);                                      // the second search owes nothing to the first but the stream
        Assert.Equal(one.RootStatistics(), two.RootStatistics());
        Assert.Equal(1000, one.RootStatistics().Sum(known => known.Visits));
    }

    [Fact]
    public void Decide_FullTree_StaysWithinItsRoom()
    {
        var search = new TreeSearch<TicTacToe>(new() { MaximumNodes = 5 });
        var random = SeedTree.Root(1).Start();
        Assert.InRange(search.Decide(default, ref random), 0, 8);
        Assert.Equal(5, search.NodeCount);
    }

    [Fact]
    public void Decide_SteadyState_AllocatesNothing()
    {
        var search = new TreeSearch<TicTacToe>(new() { Simulations = 200 });
        var random = SeedTree.Root(1).Start();
        for (var i = 0; i < 50; i++) search.Decide(default, ref random);
        var least = long.MaxValue;
        for (var window = 0; window < 5; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++) search.Decide(default, ref random);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private static int Chance(TicTacToe position, ref Randomness random)
    {
        Span<int> actions = stackalloc int[9];
        return actions[random.NextInt(position.ListLegal(actions))];
    }

    private sealed class FirstActionFavoured : ILeafEvaluation<Nim>
    {
        private readonly RandomPlayout<Nim> _playout = new();

        public void Evaluate(ref Nim position, ReadOnlySpan<int> legal, Span<double> priors, Span<double> returns, ref Randomness random)
        {
            _playout.Evaluate(ref position, legal, priors, returns, ref random);
            priors.Fill(0.1 / legal.Length);
            priors[0] += 0.9;
        }
    }
}
