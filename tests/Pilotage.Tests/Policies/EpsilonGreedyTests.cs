using Pilotage.Environments;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class EpsilonGreedyTests
{
    private static readonly ActionSpace Space = new ActionSpace.Discrete(4, Masked: true);

    [Fact]
    public void Explore_EpsilonZero_KeepsTheActions() => Assert.All(Explored(epsilon: 0, [true, true, true, true]), action => Assert.Equal(2, action));

    [Fact]
    public void Explore_EpsilonOne_DrawsLegalActionsUniformly()
    {
        var counts = Explored(epsilon: 1, [true, false, true, true]).CountBy(a => a).ToDictionary();

        Assert.Equal([0, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 3_100, 3_570));   // 10,000 / 3 within 5 standard deviations
    }

    [Fact]
    public void Explore_Half_ReplacesHalfTheActions()
    {
        var kept = Explored(epsilon: 0.5, [true, true, true, true]).Count(a => a == 2);

        Assert.InRange(kept, 6_000, 6_500);                                          // 1/2 + 1/2 * 1/4 of 10,000
    }

    [Fact]
    public void Explore_InactiveRow_IsLeftAlone()
    {
        var actions = new ActionBatch(Space, 1);
        actions.Indices[0] = 2;
        var random = new Randomness(1);
        for (var i = 0; i < 100; i++) EpsilonGreedy.Explore(new(1, [0f], [true, true, false, true], [false]), 1, ref random, actions);

        Assert.Equal(2, actions.Indices[0]);
        Assert.Equal(0UL, random.Counter);
    }

    private static List<int> Explored(double epsilon, bool[] legal)
    {
        var random = new Randomness(3);
        var actions = new ActionBatch(Space, 1);
        var seen = new List<int>();
        for (var i = 0; i < 10_000; i++)
        {
            actions.Indices[0] = 2;
            EpsilonGreedy.Explore(new(1, [0f], legal), epsilon, ref random, actions);
            seen.Add(actions.Indices[0]);
        }
        return seen;
    }
}
