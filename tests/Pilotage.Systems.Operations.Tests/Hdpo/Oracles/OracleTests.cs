using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Oracles;

/// <summary>The exact figures that learned policies are held against; the numbers are those of the published literature or of another derivation.</summary>
public class OracleTests
{
    [Theory]
    [InlineData(4, 4, 28.011, 5.008)]
    [InlineData(4, 9, 29.585, 6.279)]
    [InlineData(4, 19, 30.885, 7.380)]
    [InlineData(4, 39, 32.012, 8.364)]
    public void Newsvendor_NormalDemand_IsTheClosedForm(int leadTime, double shortage, double level, double cost)
    {
        var optimum = NewsvendorOptimum.Of(5, 1.6, leadTime, 1, shortage);
        Assert.Equal(level, optimum.Level, 0.001);
        Assert.Equal(cost, optimum.Cost, 0.001);
    }

    [Fact]
    public void Echelons_OneLocation_AreTheNewsvendorWithClippedDemand()
    {
        var optimum = EchelonOptimum.Of([1], [4], 9, DemandGrid.Normal(5, 1.6, 0.05));
        Assert.Equal(6.277, optimum.Cost, 0.002);                        // 6.279 without clipping
        Assert.Equal(29.585, optimum.Levels[0], 0.05);
    }

    [Fact]
    public void Echelons_ChainOfFour_CostAndLevels()
    {
        var optimum = EchelonOptimum.Of([1, 0.5, 0.2, 0.1], [4, 3, 4, 2], 9, DemandGrid.Normal(5, 2, 0.25));
        Assert.Equal(10.74, optimum.Cost, 0.01);
        Assert.Equal([32.25, 49.0, 72.75, 83.25], optimum.Levels.ToArray());
    }

    [Fact]
    public void Echelons_FinerGrid_MovesTheCostByLessThanAThousandth()
    {
        var (coarse, fine) = (Cost(0.25), Cost(0.125));
        Assert.Equal(fine, coarse, 0.01);
        static double Cost(double step) => EchelonOptimum.Of([1, 0.5], [4, 3], 9, DemandGrid.Normal(5, 2, step)).Cost;
    }

    [Fact]
    public void Echelons_FreeUpstream_StoreLevelIsItsNewsvendorRatio()
    {
        // P(D_5 > S) = (h_store - h_warehouse) / (h_store + p) = 0.05
        var optimum = EchelonOptimum.Of([1, 0.5], [4, 3], 9, DemandGrid.Normal(5, 2, 0.05));
        Assert.Equal(25 + 1.645 * 2 * Math.Sqrt(5), optimum.Levels[0], 0.1);
    }

    [Theory]
    [InlineData(1, 4, 4.041)]
    [InlineData(1, 9, 5.438)]
    [InlineData(2, 4, 4.395)]
    [InlineData(2, 9, 6.094)]
    public void LostSales_PoissonDemand_IsTheTableOfTheLiterature(int leadTime, double shortage, double cost) =>
        Assert.Equal(cost, LostSalesOptimum.Of(5, leadTime, 1, shortage, mostOnHand: 30, mostOrdered: 12).Cost, 0.001);

    [Fact]
    public void LostSales_WiderBounds_ChangeNothing() =>
        Assert.Equal(LostSalesOptimum.Of(5, 1, 1, 9).Cost, LostSalesOptimum.Of(5, 1, 1, 9, mostOnHand: 60, mostOrdered: 25).Cost, 1e-6);

    [Fact]
    public void LostSales_MoreStock_OrdersLess()
    {
        var optimum = LostSalesOptimum.Of(5, 2, 1, 9, mostOnHand: 30, mostOrdered: 12);
        Assert.True(optimum.Order([0, 5]) >= optimum.Order([6, 5]));
        Assert.True(optimum.Order([6, 0]) >= optimum.Order([6, 8]));
        Assert.Equal(0, optimum.Order([30, 12]));
    }

    [Fact]
    public void Poisson_Probabilities_SumToOneWithTheRightMoments()
    {
        var p = DemandProcess.Poisson.Probabilities(5);
        Assert.Equal(1, p.Sum(), 1e-12);
        Assert.Equal(5, p.Select((q, d) => q * d).Sum(), 1e-10);
        Assert.Equal(5, p.Select((q, d) => q * (d - 5) * (d - 5)).Sum(), 1e-9);
    }
}
