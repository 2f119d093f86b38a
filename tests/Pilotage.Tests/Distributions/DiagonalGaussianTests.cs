using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class DiagonalGaussianTests
{
    [Fact]
    public void Sample_GivenNumbers_IsMeanPlusDeviationTimesThem()
    {
        using var step = Step.Begin();
        var drawn = DiagonalGaussian.Sample(Tensor.From([1, -2], 1, 2), Tensor.From([MathF.Log(2), 0], 2), Tensor.From([3, -0.5f], 1, 2));
        Assert.Equal([7f, -2.5f], Backends.Values(drawn).Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void LogProbability_TwoDimensions_IsTheDensityWrittenByHand()
    {
        using var step = Step.Begin();
        var density = DiagonalGaussian.LogProbability(Tensor.From([0, 1], 1, 2), Tensor.From([0, MathF.Log(2)], 2), Tensor.From([1, 3], 1, 2)).Item();

        // Both points are one deviation away: -1/2 - 1/2 - log 1 - log 2 - log(2 pi)
        Assert.Equal(-1 - Math.Log(2) - Math.Log(2 * Math.PI), density, 1e-5);
    }

    [Theory]
    [InlineData(0, 0.6931471805599453)]
    [InlineData(-5, 0.006715348489118068)]
    [InlineData(-50, 0.006715348489118068)]
    [InlineData(30, 30)]
    public void SoftplusDeviation_Raw_IsAtLeastItsFloorAndGrowsLinearly(float raw, double deviation)
    {
        using var step = Step.Begin();
        Assert.Equal(deviation, DiagonalGaussian.SoftplusDeviation(Tensor.From([raw], 1)).Item(), 1e-6 * Math.Max(1, deviation));
    }

    [Fact]
    public void Entropy_UnitDeviation_IsHalfLogTwoPiE()
    {
        using var step = Step.Begin();
        Assert.Equal(0.5 * Math.Log(2 * Math.PI * Math.E), DiagonalGaussian.Entropy(Tensor.From([0], 1)).Item(), 1e-6);
    }

    [Fact]
    public void LogProbability_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(5, -1, 1, new Shape(17, 3), new Shape(3), new Shape(17, 3));
        Oracle.Check(() => DiagonalGaussian.LogProbability(inputs[0], inputs[1], inputs[2]), inputs.Parameters);
        Oracle.Check(() => DiagonalGaussian.Entropy(inputs[1]), inputs.Parameters);
    }

    [Theory]
    [InlineData(0.5, -0.7)]
    [InlineData(-1.5, 0.4)]
    public void Density_OverTheLine_HasMassOneAndTheEntropyThatIsClaimed(double mean, double logDeviation)
    {
        var grid = Quadrature.Grid(-16, 16, 8001);
        Tensor Mean() => Tensor.Filled((float)mean, 1, 1);
        Tensor Deviation() => Tensor.Filled((float)logDeviation, 1);
        var density = Quadrature.Evaluate(grid, x => DiagonalGaussian.LogProbability(Mean(), Deviation(), x));
        using var step = Step.Begin();

        Assert.Equal(1, Quadrature.Mass(grid, density), 1e-5);
        Assert.Equal(Quadrature.Entropy(grid, density), DiagonalGaussian.Entropy(Deviation()).Item(), 1e-5);
    }

    [Fact]
    public void Kl_TwoGaussians_IsTheIntegralAndZeroAgainstItself()
    {
        var grid = Quadrature.Grid(-16, 16, 8001);
        var p = Quadrature.Evaluate(grid, x => DiagonalGaussian.LogProbability(Tensor.Filled(0.5f, 1, 1), Tensor.Filled(-0.7f, 1), x));
        var q = Quadrature.Evaluate(grid, x => DiagonalGaussian.LogProbability(Tensor.Filled(-0.4f, 1, 1), Tensor.Filled(0.3f, 1), x));
        using var step = Step.Begin();
        var (mean, deviation) = (Tensor.Filled(0.5f, 1, 1), Tensor.Filled(-0.7f, 1));

        Assert.Equal(Quadrature.Kl(grid, p, q), DiagonalGaussian.Kl(mean, deviation, Tensor.Filled(-0.4f, 1, 1), Tensor.Filled(0.3f, 1)).Item(), 1e-5);
        Assert.Equal(0, DiagonalGaussian.Kl(mean, deviation, mean, deviation).Item());
    }

    [Fact]
    public void KlAndSample_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(6, -1, 1, new Shape(9, 3), new Shape(3), new Shape(9, 3), new Shape(9, 3));
        Oracle.Check(() => DiagonalGaussian.Kl(inputs[0], inputs[1], inputs[2], inputs[3]), inputs.Parameters);
        Oracle.Check(() => DiagonalGaussian.Sample(inputs[0], inputs[1], Tensor.From(Frequencies.Normals(3, 27), 9, 3)).Tanh(), inputs.Parameters);
    }

    [Fact]
    public void Sample_ManyDraws_HasTheMoments()
    {
        using var step = Step.Begin(gradient: Gradient.None);
        const int draws = 20_000;
        var points = DiagonalGaussian.Sample(Tensor.Filled(2, draws, 1), Tensor.Filled(MathF.Log(0.5f), 1), Tensor.From(Frequencies.Normals(8, draws), draws, 1));
        var mean = points.Mean().Item();

        // Four standard errors: 0.5 / sqrt(draws) for the mean, 0.25 sqrt(2 / draws) for the variance.
        Assert.Equal(2, mean, 4 * 0.5 / Math.Sqrt(draws));
        Assert.Equal(0.25, (points - mean).Square().Mean().Item(), 4 * 0.25 * Math.Sqrt(2.0 / draws));
    }
}
