using Pilotage.Numerics;
using Xunit;

namespace Pilotage.Tests.Numerics;

public sealed class LogarithmTests
{
    [Fact]
    public void Log_OverTheWholeRange_IsWithinTwoUlpsOfThePlatforms()
    {
        var random = new Randomness(11);
        for (var i = 0; i < 200_000; i++)
        {
            var x = BitConverter.UInt64BitsToDouble(random.NextBits() & 0x7FFFFFFFFFFFFFFF);
            if (!double.IsFinite(x) || x == 0) continue;
            AssertClose(x);
        }
    }

    [Fact]
    public void Log_NearOne_IsWithinTwoUlpsOfThePlatforms()
    {
        for (var i = -50_000; i <= 50_000; i++) AssertClose(1 + i * 1e-6);
        AssertClose(Math.BitIncrement(1.0));
        AssertClose(Math.BitDecrement(1.0));
    }

    [Fact]
    public void Log_AtTheEdges_FollowsTheConventions()
    {
        Assert.Equal(0.0, Logarithm.Log(1));
        Assert.Equal(double.NegativeInfinity, Logarithm.Log(0));
        Assert.Equal(double.PositiveInfinity, Logarithm.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(Logarithm.Log(-1)));
        Assert.True(double.IsNaN(Logarithm.Log(double.NaN)));
        AssertClose(double.Epsilon);
        AssertClose(double.MaxValue);
    }

    private static void AssertClose(double x)
    {
        var expected = Math.Log(x);                                                     // itself within one ulp
        Assert.True(Math.Abs(Logarithm.Log(x) - expected) <= 2 * Math.BitIncrement(Math.Abs(expected)) - 2 * Math.Abs(expected), $"log({x:R}) = {Logarithm.Log(x):R}, expected {expected:R}");
    }
}
