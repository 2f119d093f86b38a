using Pilotage.Numerics;
using Xunit;

namespace Pilotage.Tests.Numerics;

public sealed class TrigonometryTests
{
    // The platform's own functions are within half an ulp or little more, so a distance of one unit in the last place is the least that can be asked.
    [Theory]
    [InlineData(0.25)]                  // CartPole: 12 degrees and one step beyond
    [InlineData(0.7853981633974483)]    // up to where no reduction is needed
    [InlineData(4 * Math.PI)]
    [InlineData(1000)]
    [InlineData(1e6)]
    public void SinCos_AngleUpToARadius_IsWithinOneUnitOfThePlatform(double radius)
    {
        var random = SeedTree.Root(1).Start();
        for (var i = 0; i < 200_000; i++)
        {
            var angle = random.NextUniform(-radius, radius);
            var (sin, cos) = Trigonometry.SinCos(angle);
            Assert.True(Distance(sin, Math.Sin(angle)) <= 1, $"sin {angle:R}: {sin:R} against {Math.Sin(angle):R}");
            Assert.True(Distance(cos, Math.Cos(angle)) <= 1, $"cos {angle:R}: {cos:R} against {Math.Cos(angle):R}");
        }
    }

    [Fact]
    public void SinCos_NextToMultiplesOfAQuarterTurn_KeepsItsRelativePrecision()
    {
        for (var quarters = -400; quarters <= 400; quarters++)
        {
            var angle = quarters * (Math.PI / 2);
            foreach (var near in new[] { Math.BitDecrement(angle), angle, Math.BitIncrement(angle) })
            {
                var (sin, cos) = Trigonometry.SinCos(near);
                Assert.True(Distance(sin, Math.Sin(near)) <= 1, $"sin {near:R}: {sin:R} against {Math.Sin(near):R}");
                Assert.True(Distance(cos, Math.Cos(near)) <= 1, $"cos {near:R}");
            }
        }
    }

    [Fact]
    public void SinCos_Zero_IsExact() => Assert.Equal((0.0, 1.0), Trigonometry.SinCos(0));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void SinCos_NotFinite_GivesNaN(double angle) => Assert.Equal((double.NaN, double.NaN), Trigonometry.SinCos(angle));

    [Fact]
    public void SinCos_FixedAngles_GivesTheSameBitsOnEveryMachine()
    {
        var hash = 0xCBF29CE484222325;
        for (var i = -2000; i <= 2000; i++)
        {
            var (sin, cos) = Trigonometry.SinCos(i * 0.037);
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(sin)) * 0x100000001B3;
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(cos)) * 0x100000001B3;
        }

        Assert.Equal(8505901257393235653UL, hash);
    }

    private static long Distance(double left, double right) => Math.Abs(BitConverter.DoubleToInt64Bits(left) - BitConverter.DoubleToInt64Bits(right));
}
