using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class InferenceTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(2);

    [Theory]
    [InlineData(11, "t interval and exact sign-flip test")]
    [InlineData(12, "studentised bootstrap")]
    public void OfMean_AroundTwelveUnits_ChangesTheMethod(int units, string name) =>
        Assert.Equal(name, Inference.OfMean([.. Enumerable.Range(0, units).Select(i => (double)i)], Seeds, 99).Name);

    // Five units of one sign: p = 2/32 two-sided, whatever the t test says.
    [Fact]
    public void OfMean_FiveUnits_CannotReachFivePercent()
    {
        var test = Inference.OfMean([10, 10.1, 9.9, 10, 10.2], Seeds);
        Assert.Equal(1.0 / 32, test.PAbove(0));
        Assert.Equal(Interval.Everything, test.Bounds(0.025));
    }

    [Fact]
    public void OfMean_FewUnits_IsTheHullOfBothIntervals() =>
        Gen.Double[-5, 10].Array[6, 11].ForCases(100, units =>
        {
            var bounds = Inference.OfMean(units, Seeds).Bounds(0.025);
            Assert.Equal(TInference.OfMean(units).Bounds(0.025).Hull(new SignFlip(units).Bounds(0.025)), bounds);
        });

    [Theory]
    [InlineData(1, Sides.Two, 1)]
    [InlineData(1, Sides.One, 1)]
    [InlineData(8, Sides.Two, 2.0 / 256)]
    [InlineData(8, Sides.One, 1.0 / 256)]
    [InlineData(12, Sides.Two, 2.0 / 10_000)]
    public void SmallestP_KnownUnits_IsTheFormula(int units, Sides sides, double expected) => Assert.Equal(expected, Inference.SmallestP(units, sides));

    [Fact]
    public void SmallestP_AnyUnits_IsWhatTheRuleGives() =>
        Gen.Int[1, 20].ForCases(100, units =>
        {
            var test = Inference.OfMean([.. Enumerable.Range(1, units).Select(i => 1e6 + i)], Seeds, 99);
            Assert.Equal(test.SmallestP, Inference.SmallestP(units, Sides.One, 99));
            Assert.Equal(test.SmallestP, test.PAbove(0));
        });
}
