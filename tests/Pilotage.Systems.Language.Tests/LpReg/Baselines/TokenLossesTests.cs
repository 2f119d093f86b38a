using Pilotage.Systems.Language.LpReg.Baselines;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg.Baselines;

public sealed class TokenLossesTests
{
    [Fact]
    public void Covariances_AreProductsOfDeviations() => Assert.Equal([1f, 0f, 1f], TokenLosses.Covariances([-3, -2, -1], [0, 1, 2]));

    [Theory]
    [InlineData(0.4, new[] { 0f, 1, 0, 1, 0 })]
    [InlineData(0.01, new[] { 0f, 1, 0, 0, 0 })]               // at least one
    [InlineData(1, new[] { 1f, 1, 1, 1, 1 })]
    public void Highest_Share_TakesTheLargest(double share, float[] expected) => Assert.Equal(expected, TokenLosses.Highest([1, 5, 2, 4, 3], share));

    [Fact]
    public void Highest_EqualValues_TakesTheFirst() => Assert.Equal([1f, 1, 0, 0], TokenLosses.Highest([2, 2, 2, 2], 0.5));
}
