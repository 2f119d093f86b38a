using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Rules;

public class SettlementTests
{
    private static (int Winner, int[] Changes) Settle(int[] costs, int caller, int factor = 1, int fee = 0)
    {
        var changes = new int[costs.Length];
        return (Settlement.Settle(costs, caller, factor, fee, changes), changes);
    }

    [Fact]
    public void Settle_TieWithTheCaller_TheOtherWinsAndTheCallerPaysAllHands()
    {
        var (winner, changes) = Settle([7, 7, 20, 9], caller: 0);
        Assert.Equal(1, winner);
        Assert.Equal([-43, 43, 0, 0], changes);
    }

    [Fact]
    public void Settle_LowestCaller_GetsWhatTheOthersHold()
    {
        var (winner, changes) = Settle([6, 7, 20, 9], caller: 0);
        Assert.Equal(0, winner);
        Assert.Equal([36, -7, -20, -9], changes);
    }

    [Fact]
    public void Settle_TwoLowerHands_TheFirstOfThemWins()
    {
        var (winner, changes) = Settle([9, 12, 5, 5], caller: 0);
        Assert.Equal(2, winner);
        Assert.Equal([-31, 0, 31, 0], changes);
    }

    [Fact]
    public void Settle_HousePenalty_IsFactorAndFee() => Assert.Equal([-(2 * 43 + 30), 2 * 43 + 30, 0, 0], Settle([7, 7, 20, 9], caller: 0, factor: 2, fee: 30).Changes);

    [Fact]
    public void Settle_AnyHands_CoinsAreConserved()
    {
        var random = SeedTree.Root(5).Start();
        for (var trial = 0; trial < 5000; trial++)
        {
            var costs = new int[2 + random.NextInt(4)];
            foreach (ref var cost in costs.AsSpan()) cost = random.NextInt(101);
            Assert.Equal(0, Settle(costs, random.NextInt(costs.Length), 1 + random.NextInt(2), random.NextInt(40)).Changes.Sum());
        }
    }
}
