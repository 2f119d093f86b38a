using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class GaussianLikelihoodTests
{
    [Fact]
    public void NegativeLog_OneNumber_IsTheDensityByHand()
    {
        using var step = Step.Begin();

        // log(2 pi) / 2 + log 2 + 1 / 8
        Assert.Equal(1.7370857137646180, GaussianLikelihood.NegativeLog(Tensor.From([0], 1), Tensor.From([2], 1), Tensor.From([1], 1)).Item(), 1e-6);
    }

    [Fact]
    public void NegativeLog_SeveralTargetsOfOnePlace_IsLeastAtTheirMeanAndPopulationDeviation()
    {
        float[] targets = [1, 2, 4, 9];
        var (mean, deviation) = (4f, MathF.Sqrt(9.5f));
        float Loss(float mu, float sigma)
        {
            using var step = Step.Begin();
            return GaussianLikelihood.NegativeLog(Tensor.Filled(mu, 4), Tensor.Filled(sigma, 4), Tensor.From(targets, 4)).Item();
        }

        foreach (var (mu, sigma) in new[] { (mean + 0.3f, deviation), (mean - 0.3f, deviation), (mean, deviation * 1.1f), (mean, deviation / 1.1f) })
            Assert.True(Loss(mu, sigma) > Loss(mean, deviation), $"mu {mu}, sigma {sigma}");
    }

    [Fact]
    public void NegativeLog_ConstantDeviation_HasTheSquaredErrorsGradientTimesThePrecision()
    {
        var inputs = new OracleInputs(3, new Shape(6));
        float[] targets = [3, -1, 0.5f, 2, 0, -4];
        using var step = Step.Begin();
        var means = inputs[0];
        var before = inputs.Parameters.All[0].Values.ToArray();
        new Sgd(inputs.Parameters, 1e-9).Descend(GaussianLikelihood.NegativeLog(means, Tensor.Filled(2, 6), Tensor.From(targets, 6)));

        for (var i = 0; i < 6; i++) Assert.Equal((before[i] - targets[i]) / 6 / 4, inputs.Parameters.All[0].Gradient[i], 1e-6f);
    }

    [Fact]
    public void NegativeLog_OneTargetForSeveralCritics_Broadcasts()
    {
        using var step = Step.Begin();
        var loss = GaussianLikelihood.NegativeLog(Tensor.From([0, 1, 2, 3], 2, 2), Tensor.Filled(1, 2, 2), Tensor.From([1, 1], 2)).Item();

        Assert.Equal(0.5 * Math.Log(2 * Math.PI) + (1 + 0 + 1 + 4) / 8.0, loss, 1e-6);
    }

    [Fact]
    public void NegativeLog_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(7, new Shape(2, 33), new Shape(2, 33), new Shape(33));
        Oracle.Check(() => GaussianLikelihood.NegativeLog(inputs[0], inputs[1].Softplus(), inputs[2]), inputs.Parameters);
    }
}
