using Pilotage.Experience;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class SumTreeTests
{
    [Fact]
    public void Find_ThreeWeights_GivesThePlaceWhereTheSumPasses()
    {
        var tree = new SumTree(3) { [0] = 1, [1] = 2, [2] = 0.5 };

        Assert.Equal(3.5, tree.Total);
        Assert.Equal([0, 0, 1, 1, 2, 2], new[] { 0, 0.999, 1, 2.999, 3, 3.499 }.Select(tree.Find));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Find_AnySize_AgreesWithALinearSearch(int count)
    {
        var (tree, random) = (new SumTree(count), new Randomness(3));
        var weights = new double[count];
        for (var i = 0; i < count; i++) tree[i] = weights[i] = random.NextInt(4);       // whole numbers add up exactly; a quarter of them 0
        tree[count / 2] = weights[count / 2] = 5;

        Assert.Equal(weights.Sum(), tree.Total);
        for (var mass = 0.5; mass < tree.Total; mass++)
        {
            var (place, sum) = (0, weights[0]);
            while (sum <= mass) sum += weights[++place];
            Assert.Equal(place, tree.Find(mass));
        }
    }

    [Fact]
    public void Set_AMillionChanges_LeavesTheBitsOfATreeBuiltAnew()
    {
        var (tree, random) = (new SumTree(5_000), new Randomness(5));
        // Weights over twelve orders of magnitude: adding differences to a sum would leave rounding of the large ones where small ones stand.
        for (var i = 0; i < 1_000_000; i++) tree[random.NextInt(5_000)] = Math.Exp(random.NextUniform(-14, 14));

        var fresh = new SumTree(5_000);
        fresh.Fill(tree.Weights(5_000));
        Assert.Equal(fresh.Total, tree.Total);
        for (var i = 0; i < 2_000; i++)
        {
            var mass = random.NextDouble() * tree.Total;
            Assert.Equal(fresh.Find(mass), tree.Find(mass));
        }
        for (var i = 0; i < 5_000; i++) tree[i] = 0;
        Assert.Equal(0, tree.Total);                                                    // nothing is left over
    }

    [Fact]
    public void Find_AtTheVeryEnd_IsAPlaceWithWeight()
    {
        var tree = new SumTree(100) { [3] = 0.1, [40] = 0.2, [77] = 0.3 };

        Assert.Equal(77, tree.Find(tree.Total));                                        // rounding of (i + u) total / M can give the total itself
        Assert.Equal(77, tree.Find(Math.BitDecrement(tree.Total)));
    }

    [Fact]
    public void Fill_FewerWeights_ClearsTheRest()
    {
        var tree = new SumTree(20) { [15] = 4 };
        tree.Fill([1, 2]);

        Assert.Equal(3, tree.Total);
        Assert.Equal(0, tree[15]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Set_NoWeight_IsRefused(double weight) => Assert.Throws<ArgumentOutOfRangeException>(() => new SumTree(2)[0] = weight);

    [Fact]
    public void Find_AllWeightsZero_Throws() => Assert.Throws<InvalidOperationException>(() => new SumTree(2).Find(0));
}
