using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Tournaments;

public class FiguresTests
{
    private static RoundEntry Round(int deal, int coins, bool won = false, int callValue = 0, int seat = 0) => new(deal, seat, won, coins, callValue > 0, callValue, 5);

    [Fact]
    public void AgentFigures_ByHand_AreTheOnesOfTheRounds()
    {
        var figures = AgentFigures.Of([Round(0, 10, true, 4, 0), Round(0, -2, false, 8, 1), Round(1, 6, true, 6, 2), Round(1, -10, false, 0, 0)], players: 4);
        Assert.Equal(0.5, figures.WinRate);
        Assert.Equal(1.96 * Math.Sqrt(1 / 3.0 / 4), figures.WinError, 1e-12);             // wins 1, 0, 1, 0: variance 1/3
        Assert.Equal(1, figures.Coins);
        Assert.Equal(3, figures.Calls);
        Assert.Equal(2 / 3.0, figures.CallSuccess, 1e-12);
        // Values 4, 8, 6 and successes 1, 0, 1: r = -sqrt(3) / 2.
        Assert.Equal(-Math.Sqrt(3) / 2, figures.Risk, 1e-12);
        Assert.Equal(0.5, figures.WinRateBySeat[0]);
        Assert.True(double.IsNaN(figures.WinRateBySeat[3]));
    }

    [Fact]
    public void AgentFigures_NoCalls_AreNotANumber()
    {
        var figures = AgentFigures.Of([Round(0, 1), Round(0, 2)], players: 4);
        Assert.True(double.IsNaN(figures.CallSuccess));
        Assert.True(double.IsNaN(figures.Risk));
    }

    [Fact]
    public void Welch_IdenticalSamples_GiveNoDifference()
    {
        double[] sample = [1, 4, 2, 8];
        var (p, d) = PairFigures.Welch(sample, [.. sample], pairs: 1);
        Assert.Equal(1, p, 1e-12);
        Assert.Equal(0, d);
    }

    [Fact]
    public void Welch_ShiftedByOnePooledDeviation_HasDOfOne()
    {
        double[] sample = [1, 4, 2, 8, 5];
        var deviation = Math.Sqrt(7.5);                                                   // sum of squares 30 over 4
        Assert.Equal(1, PairFigures.Welch([.. sample.Select(value => value + deviation)], sample, pairs: 1).D, 1e-12);
    }

    [Fact]
    public void Welch_APublishedExample_HasItsP()
    {
        // Student's extra hours of sleep (1908), as R's documentation tests them: Welch t = -1.8608, 17.776 degrees of freedom, p = 0.07939.
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        Assert.Equal(0.07939, PairFigures.Welch(first, second, pairs: 1).P, 5e-6);
        Assert.Equal(6 * 0.07939, PairFigures.Welch(first, second, pairs: 6).P, 3e-5);    // Bonferroni over six pairs
        Assert.Equal(1, PairFigures.Welch(first, second, pairs: 20).P);
    }

    [Fact]
    public void Welch_NothingVaries_IsNotANumber()
    {
        var (p, d) = PairFigures.Welch([1, 1, 1], [0, 0, 0], pairs: 3);
        Assert.True(double.IsNaN(p));
        Assert.True(double.IsNaN(d));
    }

    [Fact]
    public void Pair_ByHand_IsPairedByDeal()
    {
        // Deal 0: differences 12 and -4, mean 4; deal 1: 2 and 2, mean 2.
        var pair = PairFigures.Of(0, 1, [(Round(0, 6), Round(0, -6)), (Round(0, -2), Round(0, 2)), (Round(1, 1), Round(1, -1)), (Round(1, 1), Round(1, -1))], pairs: 3);
        Assert.Equal(3, pair.Difference);
        Assert.Equal(0.75, pair.Ahead);
        Assert.True(double.IsInfinity(pair.Interval.Low));                                // two deals decide nothing
        Assert.Equal((1, 0, -3, 0.25), (pair.Mirrored().A, pair.Mirrored().B, pair.Mirrored().Difference, pair.Mirrored().Ahead));
    }
}
