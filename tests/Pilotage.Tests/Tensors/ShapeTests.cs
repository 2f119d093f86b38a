using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ShapeTests
{
    [Fact]
    public void Count_AnyRank_IsTheProduct()
    {
        Assert.Equal(1, new Shape([]).Count);
        Assert.Equal(720, new Shape(1, 2, 3, 4, 5, 6).Count);
        Assert.Equal(0, new Shape(3, 0, 5).Count);
    }

    [Fact]
    public void Constructor_ImpossibleExtents_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => new Shape(2, -1));
        Assert.Throws<ArgumentException>(() => new Shape(1 << 16, 1 << 16));
        Assert.Throws<ArgumentException>(() => new Shape(0, 1 << 16, 1 << 16));
        Assert.Throws<ArgumentException>(() => new Shape(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Equal(int.MaxValue, new Shape(1, int.MaxValue).Count);
    }

    [Fact]
    public void Indexer_NegativeAxis_CountsFromTheInnermost()
    {
        var shape = new Shape(2, 3, 5);
        Assert.Equal((5, 2), (shape[-1], shape[-3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => shape[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape[-4]);
        Assert.Equal((6, 1), (shape.Outer(2), shape.Inner(2)));
        Assert.Equal((1, 15), (shape.Outer(0), shape.Inner(0)));
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 2, 1 }, new[] { 1, 3 }, new[] { 2, 3 })]
    [InlineData(new int[0], new[] { 4 }, new[] { 4 })]
    [InlineData(new[] { 0 }, new[] { 1 }, new[] { 0 })]
    [InlineData(new[] { 3, 1, 5 }, new[] { 4, 1 }, new[] { 3, 4, 5 })]
    public void Broadcast_EitherOrder_GivesTheCommonShape(int[] left, int[] right, int[] expected)
    {
        Assert.Equal(new Shape(expected), Shape.Broadcast(new(left), new(right)));
        Assert.Equal(new Shape(expected), Shape.Broadcast(new(right), new(left)));
    }

    [Fact]
    public void Broadcast_ExtentsDiffer_ThrowsAndNamesThem()
    {
        var exception = Assert.Throws<ArgumentException>(() => Shape.Broadcast(new(2, 3), new(2)));
        Assert.Contains("[2, 3] and [2]", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Shape.Broadcast(new(0), new(2)));
    }

    [Fact]
    public void Equality_SameExtents_IsEqual()
    {
        Assert.True(new Shape(2, 3) == new Shape(2, 3) && new Shape(2, 3) != new Shape(3, 2) && new Shape(2) != new Shape(2, 1));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.Equal("[2, 3]", new Shape(2, 3).ToString());
    }
}
