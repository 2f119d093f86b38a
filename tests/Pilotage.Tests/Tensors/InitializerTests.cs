using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class InitializerTests
{
    [Theory, InlineData(64, 64), InlineData(4, 64), InlineData(64, 3), InlineData(1, 17), InlineData(17, 1), InlineData(1, 1)]
    public void Orthogonal_AnyMatrix_HasOrthogonalRowsOrColumnsOfTheGain(int rows, int columns)
    {
        var gain = Math.Sqrt(2);
        var weights = Fill(new Initializer.Orthogonal(gain), new Shape(rows, columns), seed: 1);
        var (few, many) = rows <= columns ? (rows, columns) : (columns, rows);
        for (var i = 0; i < few; i++)
            for (var j = 0; j < few; j++)
            {
                var dot = Enumerable.Range(0, many).Sum(k => (double)At(i, k) * At(j, k));
                // Each product of two rounded elements is off by at most 2^-23 of itself; 64 of them sum to the gain's square.
                Assert.Equal(i == j ? gain * gain : 0, dot, 1e-6);
            }

        float At(int line, int place) => rows <= columns ? weights[line * columns + place] : weights[place * columns + line];
    }

    [Fact]
    public void Orthogonal_Vector_HasTheGainAsNorm()
    {
        var weights = Fill(new Initializer.Orthogonal(0.01), new Shape(33), seed: 2);
        Assert.Equal(0.01, Math.Sqrt(weights.Sum(w => (double)w * w)), 1e-8);
    }

    [Fact]
    public void Orthogonal_ManySeeds_HasNoPreferredDirection()
    {
        var mean = Enumerable.Range(0, 2000).Average(seed => Fill(new Initializer.Orthogonal(1), new Shape(2, 2), (ulong)seed)[0]);
        // An element is the cosine of a uniform angle: variance 1/2, so four standard errors are 4 sqrt(0.5 / 2000).
        Assert.InRange(mean, -0.064, 0.064);
    }

    [Theory, InlineData(1), InlineData(16), InlineData(65)]
    public void FanIn_AnyNumberOfInputs_FillsItsBoundsAndStaysInside(int inputs)
    {
        var bound = 1 / Math.Sqrt(inputs);
        var weights = Fill(new Initializer.FanIn(), new Shape(inputs, 4096 / inputs), seed: 3);
        Assert.All(weights, weight => Assert.InRange(weight, -bound, bound));
        Assert.True(weights.Max() > 0.99 * bound && weights.Min() < -0.99 * bound);
        Assert.Equal(bound * bound / 3, weights.Average(w => w * w), 0.05 * bound * bound);
    }

    [Theory, InlineData(4), InlineData(64)]
    public void FanInNormal_ManyElements_HasTheVarianceOfOneOverItsInputs(int inputs)
    {
        var weights = Fill(new Initializer.FanInNormal(), new Shape(inputs, 16384 / inputs), seed: 4);
        Assert.Equal(0, weights.Average(), 4.0 / Math.Sqrt(16384 * inputs));
        Assert.Equal(1.0 / inputs, weights.Average(w => w * w), 4 * Math.Sqrt(2.0 / 16384) / inputs);     // four standard errors
    }

    [Fact]
    public void Normal_ManyElements_HasItsMoments()
    {
        var weights = Fill(new Initializer.Normal(0.5), new Shape(100, 100), seed: 4);
        Assert.Equal(0, weights.Average(), 0.02);                           // four standard errors: 4 * 0.5 / 100
        Assert.Equal(0.25, weights.Average(w => w * w), 0.0142);            // four standard errors: 4 * 0.25 sqrt(2) / 100
    }

    [Fact]
    public void Uniform_ManyElements_FillsItsBounds()
    {
        var weights = Fill(new Initializer.Uniform(0.003), new Shape(1000), seed: 5);
        Assert.All(weights, weight => Assert.InRange(weight, -0.003f, 0.003f));
        Assert.Equal(0, weights.Average(), 0.0003);
        Assert.True(weights.Max() > 0.0029f && weights.Min() < -0.0029f);
    }

    [Fact]
    public void Constant_AnyShape_FillsAll() => Assert.All(Fill(new Initializer.Constant(-2), new Shape(3, 5), seed: 6), weight => Assert.Equal(-2, weight));

    [Fact]
    public void Fill_SameSeed_GivesTheSameWeights()
    {
        foreach (var initializer in new Initializer[] { new Initializer.Orthogonal(1), new Initializer.FanIn(), new Initializer.Normal(1), new Initializer.Uniform(1) })
        {
            Assert.Equal(Fill(initializer, new Shape(7, 5), seed: 8), Fill(initializer, new Shape(7, 5), seed: 8));
            Assert.NotEqual(Fill(initializer, new Shape(7, 5), seed: 8), Fill(initializer, new Shape(7, 5), seed: 9));
        }
    }

    private static float[] Fill(Initializer initializer, Shape shape, ulong seed)
    {
        var random = new Randomness(seed);
        return new Parameters().Add("weight", shape, initializer, ref random).Values.ToArray();
    }
}
