using Pilotage.Distributions;
using Pilotage.Evaluation.Statistics;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class TanhGaussianTests
{
    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(-0.8, 0.3)]
    public void Density_OverTheInterval_HasMassOne(double mean, double deviation)
    {
        var grid = Quadrature.Grid(-1, 1, 20_001);
        var density = Quadrature.Evaluate(grid, a => TanhGaussian.LogProbability(Tensor.Filled((float)mean, 1, 1), Tensor.Filled((float)Math.Log(deviation), 1), a));
        Assert.Equal(1, Quadrature.Mass(grid, density), 1e-4);
    }

    [Theory]
    [InlineData(-0.99)]
    [InlineData(-0.4)]
    [InlineData(0.0)]
    [InlineData(0.7)]
    [InlineData(0.999)]
    public void LogProbability_Point_IsTheSlopeOfTheDistributionFunction(double action)
    {
        // P(action below a) = Phi((artanh a - mean) / deviation), differentiated numerically over a hundredth of the distance to the end.
        const double mean = 0.6, deviation = 1.4;
        var h = 0.01 * (1 - Math.Abs(action));
        double Below(double a) => NormalDistribution.Cdf((Math.Atanh(a) - mean) / deviation);
        var slope = (Below(action + h) - Below(action - h)) / (2 * h);
        using var step = Step.Begin();
        var density = TanhGaussian.LogProbability(Tensor.Filled((float)mean, 1, 1), Tensor.Filled((float)Math.Log(deviation), 1), Tensor.Filled((float)action, 1, 1)).Item();

        // The difference's own error is h² p'''/6: relative 1e-4 of the width, a few times that with the curvature near the ends.
        Assert.Equal(Math.Log(slope), density, 1e-3);
    }

    [Fact]
    public void Sample_ItsLogProbability_IsThatOfTheActions()
    {
        using var step = Step.Begin();
        var (mean, deviation) = (Tensor.From(Frequencies.Normals(1, 60), 20, 3), Tensor.Filled(-0.5f, 3));
        var (actions, logProbability) = TanhGaussian.Sample(mean, deviation, Tensor.From(Frequencies.Normals(2, 60), 20, 3));

        var again = Backends.Values(TanhGaussian.LogProbability(mean, deviation, actions));
        foreach (var (given, found) in Backends.Values(logProbability).Zip(again)) Assert.Equal(given, found, 2e-3f);
    }

    [Theory]
    [InlineData(12f)]
    [InlineData(-40f)]
    public void Sample_FarOut_StaysFiniteAndExact(float point)
    {
        // log(1 - tanh²u) = 2 log 2 - 2|u| to all digits out there; forming 1 - tanh² would give log 0.
        var inputs = new OracleInputs(0, 0, 0, new Shape(1, 1), new Shape(1));
        inputs.Parameters.All[0].Values[0] = point;
        using var step = Step.Begin();
        var (actions, logProbability) = TanhGaussian.Sample(inputs[0], inputs[1], Tensor.Filled(0, 1, 1));

        Assert.Equal(Math.Sign(point), actions.Item());
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI) - (2 * Math.Log(2) - 2 * Math.Abs(point)), logProbability.Item(), 1e-4);
        Backends.Backward(logProbability.Sum(), inputs.Parameters);
        Assert.Equal(2f * Math.Sign(point), inputs.Parameters.All[0].Gradient[0], 1e-5f);
    }

    [Fact]
    public void LogProbability_ActionAtTheEnd_IsFinite()
    {
        using var step = Step.Begin();
        var density = TanhGaussian.LogProbability(Tensor.Filled(0, 2, 1), Tensor.Filled(0, 1), Tensor.From([-1, 1], 2, 1));
        Assert.All(Backends.Values(density), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Functions_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(5, -0.9, 0.9, new Shape(7, 3), new Shape(3), new Shape(7, 3));
        var normals = Frequencies.Normals(4, 21);
        Oracle.Check(() => TanhGaussian.LogProbability(inputs[0], inputs[1], inputs[2]), inputs.Parameters);
        Oracle.Check(() => TanhGaussian.Sample(inputs[0], inputs[1], Tensor.From(normals, 7, 3)).Actions, inputs.Parameters);
        Oracle.Check(() => TanhGaussian.Sample(inputs[0], inputs[1], Tensor.From(normals, 7, 3)).LogProbability, inputs.Parameters);
        Oracle.Check(() => TanhGaussian.EntropyEstimate(inputs[0], inputs[1], Tensor.From(normals, 7, 3)), inputs.Parameters);
    }

    [Fact]
    public void EntropyEstimate_ManyDraws_AveragesToTheIntegral()
    {
        var grid = Quadrature.Grid(-1, 1, 20_001);
        var density = Quadrature.Evaluate(grid, a => TanhGaussian.LogProbability(Tensor.Filled(0.3f, 1, 1), Tensor.Filled(MathF.Log(0.5f), 1), a));
        const int draws = 20_000;
        using var step = Step.Begin(gradient: Gradient.None);
        var estimates = TanhGaussian.EntropyEstimate(Tensor.Filled(0.3f, draws, 1), Tensor.Filled(MathF.Log(0.5f), 1), Tensor.From(Frequencies.Normals(11, draws), draws, 1));

        // Four standard errors; the estimate's deviation is near 0.9.
        Assert.Equal(Quadrature.Entropy(grid, density), estimates.Mean().Item(), 4 * 0.9 / Math.Sqrt(draws));
    }

    [Fact]
    public void Median_OfAnyWidth_HalvesTheDraws()
    {
        const int draws = 10_000;
        using var step = Step.Begin(gradient: Gradient.None);
        var (actions, _) = TanhGaussian.Sample(Tensor.Filled(0.7f, draws, 1), Tensor.Filled(0.5f, 1), Tensor.From(Frequencies.Normals(12, draws), draws, 1));
        var median = TanhGaussian.Median(Tensor.Filled(0.7f, 1, 1)).Item();
        var below = Backends.Values(actions).Count(a => a < median);

        Frequencies.AssertFollow([0.5, 0.5], [below, draws - below]);
    }
}
