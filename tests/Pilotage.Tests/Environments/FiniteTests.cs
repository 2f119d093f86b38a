using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class FiniteTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void All_OneBadValueAnywhere_IsFalse(float bad)
    {
        for (var length = 1; length < 70; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var values = new float[length];
                values[at] = bad;
                Assert.False(Finite.All(values), $"length {length}, at {at}");
            }
        }
    }

    [Fact]
    public void All_LargestFiniteNumbers_IsTrue()
    {
        for (var length = 0; length < 70; length++)
        {
            Assert.True(Finite.All(Enumerable.Repeat(float.MaxValue, length).ToArray()));
            Assert.True(Finite.All(Enumerable.Repeat(float.MinValue, length).ToArray()));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void AllBelow_OneBadIndexAnywhere_IsFalse(int bad)
    {
        for (var length = 1; length < 70; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var indices = Enumerable.Repeat(4, length).ToArray();
                Assert.True(Finite.AllBelow(indices, 5));
                indices[at] = bad;
                Assert.False(Finite.AllBelow(indices, 5), $"length {length}, at {at}");
            }
        }
    }
}
