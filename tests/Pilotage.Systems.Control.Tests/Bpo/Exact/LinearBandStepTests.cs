using Pilotage.Systems.Control.Bpo;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Exact;

public sealed class LinearBandStepTests
{
    [Fact]
    public void Solve_ThreeActions_IsTheExampleByHand()
    {
        var ratios = new double[3];
        LinearBandStep.Solve([0.5, 0.3, 0.2], [1, 2, 3], RatioBand.Symmetric(0.2), ratios);
        Assert.Equal([0.8, 1.2, 1.2], ratios, Near);
        Assert.Equal(1.84, Value([0.5, 0.3, 0.2], [1, 2, 3], ratios), 1e-12);         // 1.70 + 0.2 x 0.7
    }

    [Fact]
    public void Solve_AtomOnTheMedian_GivesItTheRatioInBetween()
    {
        var ratios = new double[2];
        var centre = LinearBandStep.Solve([0.6, 0.4], [1, 0], RatioBand.Symmetric(0.2), ratios);
        Assert.Equal([0.68 / 0.6, 0.8], ratios, Near);                                 // 1.133333, not 1.2: mass must stay 1
        Assert.Equal(1, centre);
    }

    [Fact]
    public void Solve_CrossEntropyMethod_KeepsTheEliteAlone()
    {
        // c_l = 0, c_h = 5: the best fifth of the mass gets five times its probability, the rest none.
        var band = RatioBand.Of(0, 5);
        var probabilities = Enumerable.Repeat(0.1, 10).ToArray();
        double[] values = [3, 9, 1, 4, 8, 2, 6, 0, 5, 7], ratios = new double[10];
        var centre = LinearBandStep.Solve(probabilities, values, band, ratios);
        Assert.Equal(0.2, band.UpperShare, 1e-15);
        Assert.Equal([0, 5, 0, 0, 5, 0, 0, 0, 0, 0], ratios, Near);
        Assert.Equal(8, centre);
    }

    [Fact]
    public void Solve_EqualValues_GetEqualRatios()
    {
        var ratios = new double[3];
        LinearBandStep.Solve([0.2, 0.5, 0.3], [1, 0, 1], RatioBand.Symmetric(0.3), ratios);
        Assert.Equal(ratios[0], ratios[2]);
        LinearBandStep.Solve([0.2, 0.5, 0.3], [4, 4, 4], RatioBand.Symmetric(0.3), ratios);
        Assert.Equal([1, 1, 1], ratios, Near);
    }

    [Fact]
    public void Solve_RandomStates_IsTheBestVertexOfTheProgram()
    {
        // A linear program's optimum is at a vertex: all ratios at an end of the band but one, which normalises. All of them, by enumeration.
        var random = new Randomness(11);
        for (var trial = 0; trial < 300; trial++)
        {
            var actions = 2 + random.NextInt(5);
            var (pi, q, ratios) = (new double[actions], new double[actions], new double[actions]);
            for (var a = 0; a < actions; a++) (pi[a], q[a]) = (-Math.Log(1 - random.NextDouble()), trial % 3 == 0 ? random.NextInt(3) : random.NextNormal());
            var sum = pi.Sum();
            for (var a = 0; a < actions; a++) pi[a] /= sum;
            var band = trial % 2 == 0 ? RatioBand.Symmetric(random.NextUniform(0.05, 0.95)) : RatioBand.Of(random.NextUniform(0, 0.9), random.NextUniform(1.1, 4));

            var centre = LinearBandStep.Solve(pi, q, band, ratios);

            Assert.Equal(1, Value(pi, Enumerable.Repeat(1.0, actions).ToArray(), ratios), 1e-12);
            Assert.All(ratios, ratio => Assert.InRange(ratio, band.Low - 1e-12, band.High + 1e-12));
            Assert.Equal(BestVertex(pi, q, band), Value(pi, q, ratios), 1e-12);
            // The weighted quantile: mass strictly above it at most the upper share, mass at or above it at least.
            Assert.True(Enumerable.Range(0, actions).Where(a => q[a] > centre).Sum(a => pi[a]) <= band.UpperShare + 1e-12);
            Assert.True(Enumerable.Range(0, actions).Where(a => q[a] >= centre).Sum(a => pi[a]) >= band.UpperShare - 1e-12);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Symmetric_RadiusOutsideItsRange_IsRefused(double radius) =>
        Assert.Contains("outside (0, 1)", Assert.Throws<UserMistakeException>(() => RatioBand.Symmetric(radius)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1.0, 2.0)]
    [InlineData(-0.1, 2.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(double.NaN, 2.0)]
    public void Of_BandWithoutOneInside_IsRefused(double low, double high) => Assert.Throws<UserMistakeException>(() => RatioBand.Of(low, high));

    internal static double Value(ReadOnlySpan<double> pi, ReadOnlySpan<double> q, ReadOnlySpan<double> ratios)
    {
        var sum = 0.0;
        for (var a = 0; a < pi.Length; a++) sum += pi[a] * ratios[a] * q[a];
        return sum;
    }

    internal static bool Near(double x, double y) => Math.Abs(x - y) < 1e-12;

    private static double BestVertex(double[] pi, double[] q, RatioBand band)
    {
        var best = double.NegativeInfinity;
        for (var free = 0; free < pi.Length; free++)
            for (var ends = 0; ends < 1 << pi.Length; ends++)
            {
                if ((ends >> free & 1) != 0) continue;
                var ratios = Enumerable.Range(0, pi.Length).Select(a => (ends >> a & 1) != 0 ? band.High : band.Low).ToArray();
                ratios[free] = (1 - Enumerable.Range(0, pi.Length).Where(a => a != free).Sum(a => pi[a] * ratios[a])) / pi[free];
                if (ratios[free] >= band.Low - 1e-12 && ratios[free] <= band.High + 1e-12) best = Math.Max(best, Value(pi, q, ratios));
            }
        return best;
    }
}
