using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class DiagonalGaussianTests
{
    [Fact]
    public void LogProbability_TwoDimensions_IsTheDensityWrittenByHand()
    {
        using var step = Step.Begin();
        var density = DiagonalGaussian.LogProbability(Tensor.From([0, 1], 1, 2), Tensor.From([0, MathF.Log(2)], 2), Tensor.From([1, 3], 1, 2)).Item();

        // Both points are one deviation away: -1/2 - 1/2 - log 1 - log 2 - log(2 pi)
        Assert.Equal(-1 - Math.Log(2) - Math.Log(2 * Math.PI), density, 1e-5);
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
}
