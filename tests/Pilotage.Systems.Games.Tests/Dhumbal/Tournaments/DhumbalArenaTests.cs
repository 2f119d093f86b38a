using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Tournaments;

public class DhumbalArenaTests
{
    [Fact]
    public void Play_ABotOfOnesOwn_IsRankedAmongTheBuiltIn()
    {
        var result = DhumbalArena.Play(new(), [new("mine", new Thrower()), .. DhumbalArena.BuiltIn("aggressive", "balanced", "random")], deals: 30, seed: 1);
        Assert.Equal(120, result.Rounds);
        Assert.Equal(6, result.Pairs.Count);
        Assert.Equal("random", result.Players[result.Ranking[^1]].Name);
        Assert.True(result.Behind(3).Difference < 0);
        Assert.Equal(0, result.Figures.Sum(figures => figures.Coins), 1e-9);
    }

    [Fact]
    public void Play_AnIllegalMove_IsRefusedWithTheReason()
    {
        var failure = Assert.Throws<RunFailedException>(() => DhumbalArena.Play(new() { Players = 2 }, [new("cheat", new Cheat()), .. DhumbalArena.BuiltIn("random")], deals: 1, seed: 1));
        Assert.Contains("the hand does not hold", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_WhatCannotBe_IsRefused()
    {
        Assert.Throws<UserMistakeException>(() => DhumbalArena.Play(new() { Players = 5, HandSize = 11 }, DhumbalArena.BuiltIn("random"), 1, 0));
        Assert.Throws<ArgumentException>(() => DhumbalArena.Play(new(), DhumbalArena.BuiltIn("random", "mcts"), 1, 0));
        Assert.Throws<ArgumentException>(() => DhumbalArena.Play(new() { Players = 2 }, DhumbalArena.BuiltIn("random", "random"), 1, 0));
        Assert.Throws<ArgumentException>(() => DhumbalArena.BuiltIn("nobody"));
    }

    // Throws what counts most and calls whenever it may.
    private class Thrower : IDhumbalAgent
    {
        public bool Calls(SeatView seat, ref Randomness random) => true;

        public virtual int Discard(SeatView seat, ref Randomness random)
        {
            Span<int> entries = stackalloc int[Discards.Count];
            var best = 0;
            foreach (var entry in entries[..seat.ListDiscards(entries)])
                if (Discards.ValueOf(entry) > Discards.ValueOf(best) || best == 0) best = entry;
            return best;
        }

        public bool TakesOffered(SeatView seat, ref Randomness random) => Cards.ValueOf(seat.Offered) <= 3;
    }

    private sealed class Cheat : Thrower
    {
        public override int Discard(SeatView seat, ref Randomness random) => System.Numerics.BitOperations.TrailingZeroCount(~seat.Hand);
    }
}
