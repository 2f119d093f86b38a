using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class BetaTests
{
    public static TheoryData<double, double> Shapes => new() { { 2, 3 }, { 1.5, 1.2 }, { 9, 2.5 }, { 40, 60 } };

    [Theory, MemberData(nameof(Shapes))]
    public void Density_OverTheInterval_HasMassOneAndTheEntropyThatIsClaimed(double alpha, double beta)
    {
        var grid = Quadrature.Grid(-2, 3, 40_001);
        var density = Quadrature.Evaluate(grid, x => Beta.LogProbability(Scalar(alpha), Scalar(beta), x, Tensor.Filled(-2), Tensor.Filled(3)));
        using var step = Step.Begin();

        Assert.Equal(1, Quadrature.Mass(grid, density), 2e-4);
        Assert.Equal(Quadrature.Entropy(grid, density), Beta.Entropy(Scalar(alpha), Scalar(beta), Tensor.Filled(-2), Tensor.Filled(3)).Item(), 2e-4);
    }

    [Fact]
    public void LogProbability_TwoAndThree_IsTwelveXTimesOneMinusXSquared()
    {
        using var step = Step.Begin();
        Assert.Equal(Math.Log(12 * 0.3 * 0.7 * 0.7), Beta.LogProbability(Scalar(2), Scalar(3), Scalar(0.3)).Item(), 1e-5);
    }

    [Fact]
    public void Concentration_Outputs_IsOneAboveTheirSoftplus()
    {
        using var step = Step.Begin();
        Assert.Equal(1 + Math.Log(2), Beta.Concentration(Scalar(0)).Item(), 1e-6);
        Assert.Equal(1, Beta.Concentration(Scalar(-40)).Item(), 1e-6);
        Assert.Equal(41, Beta.Concentration(Scalar(40)).Item(), 1e-5);
    }

    [Fact]
    public void Entropy_BothOne_IsTheLogarithmOfTheWidth()
    {
        using var step = Step.Begin();
        Assert.Equal(Math.Log(5), Beta.Entropy(Scalar(1), Scalar(1), Tensor.Filled(-2), Tensor.Filled(3)).Item(), 1e-6);
        Assert.Equal(0, Beta.Entropy(Scalar(1), Scalar(1)).Item(), 1e-6);
    }

    [Fact]
    public void Kl_TwoBetas_IsTheIntegralAndZeroAgainstItself()
    {
        var grid = Quadrature.Grid(0, 1, 40_001);
        var p = Quadrature.Evaluate(grid, x => Beta.LogProbability(Scalar(2.5), Scalar(4), x));
        var q = Quadrature.Evaluate(grid, x => Beta.LogProbability(Scalar(1.5), Scalar(1.2), x));
        using var step = Step.Begin();

        Assert.Equal(Quadrature.Kl(grid, p, q), Beta.Kl(Scalar(2.5), Scalar(4), Scalar(1.5), Scalar(1.2)).Item(), 1e-4);
        Assert.Equal(0, Beta.Kl(Scalar(2.5), Scalar(4), Scalar(2.5), Scalar(4)).Item());
    }

    [Fact]
    public void Kl_AnyPair_IsNotNegative()
    {
        using var step = Step.Begin();
        var inputs = new OracleInputs(3, 0.5, 6, new Shape(200, 1), new Shape(200, 1), new Shape(200, 1), new Shape(200, 1));
        Assert.All(Backends.Values(Beta.Kl(inputs[0], inputs[1], inputs[2], inputs[3])), kl => Assert.True(kl > -1e-5, $"{kl}"));
    }

    [Fact]
    public void Functions_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(5, 1.1, 4, new Shape(7, 3), new Shape(7, 3), new Shape(7, 3), new Shape(7, 3));
        float[] points = [.. Enumerable.Range(0, 21).Select(i => -1 + 3 * (i + 0.5f) / 21)];
        Tensor Low() => Tensor.From([-1, -1.5f, -2], 3);
        Tensor High() => Tensor.From([2, 2.5f, 3], 3);
        Oracle.Check(() => Beta.LogProbability(inputs[0], inputs[1], Tensor.From(points, 7, 3), Low(), High()), inputs.Parameters);
        Oracle.Check(() => Beta.Entropy(inputs[0], inputs[1], Low(), High()), inputs.Parameters);
        Oracle.Check(() => Beta.Kl(inputs[0], inputs[1], inputs[2], inputs[3]), inputs.Parameters);
        Oracle.Check(() => Beta.Mean(inputs[0], inputs[1], Low(), High()), inputs.Parameters);
        Oracle.Check(() => Beta.Mode(inputs[0], inputs[1], Low(), High()), inputs.Parameters);
        Oracle.Check(() => Beta.Concentration(inputs[0] - 2f), inputs.Parameters);
    }

    [Fact]
    public void MeanAndMode_OnABox_AreWhereTheDensitySaysThem()
    {
        var grid = Quadrature.Grid(-2, 3, 20_001);
        var density = Quadrature.Evaluate(grid, x => Beta.LogProbability(Scalar(2), Scalar(5), x, Tensor.Filled(-2), Tensor.Filled(3)));
        using var step = Step.Begin();

        Assert.Equal(Quadrature.Integrate(grid, i => grid[i] * Math.Exp(density[i])), Beta.Mean(Scalar(2), Scalar(5), Tensor.Filled(-2), Tensor.Filled(3)).Item(), 1e-3);
        Assert.Equal(grid[Array.IndexOf(density, density.Max())], Beta.Mode(Scalar(2), Scalar(5), Tensor.Filled(-2), Tensor.Filled(3)).Item(), 2e-2);
    }

    [Fact]
    public void LogProbability_PointsAtTheEnds_IsFinite()
    {
        using var step = Step.Begin();
        var density = Beta.LogProbability(Tensor.Filled(0.5f, 2, 1), Tensor.Filled(3, 2, 1), Tensor.From([0, 1], 2, 1));
        Assert.All(Backends.Values(density), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(2f, 3f)]
    [InlineData(0.4f, 0.7f)]
    [InlineData(8f, 1f)]
    public void Sample_ManyDraws_FollowsTheDistribution(float alpha, float beta)
    {
        const int bins = 10, draws = 20_000;
        var random = new Randomness(13);
        var counts = new int[bins];
        for (var i = 0; i < draws; i++) counts[Math.Min(bins - 1, (int)(Beta.Sample(alpha, beta, ref random) * bins))]++;
        var probabilities = new double[bins];
        for (var i = 0; i < bins; i++)
            probabilities[i] = Below((i + 1.0) / bins) - Below((double)i / bins);

        Frequencies.AssertFollow(probabilities, counts);

        double Below(double x) => x <= 0 ? 0 : x >= 1 ? 1 : Pilotage.Evaluation.Statistics.SpecialFunctions.IncompleteBeta(alpha, beta, x);
    }

    [Fact]
    public void Sample_TinyConcentrations_StaysANumber()
    {
        var random = new Randomness(1);
        for (var i = 0; i < 1000; i++) Assert.InRange(Beta.Sample(1e-4f, 1e-4f, ref random), 0, 1);
    }

    [Theory]
    [InlineData(0f, 1f, "alpha is 0")]
    [InlineData(1f, float.NaN, "beta is NaN")]
    public void Sample_ImpossibleConcentration_IsRefused(float alpha, float beta, string told)
    {
        var random = new Randomness(1);
        Assert.Contains(told, Assert.Throws<ArgumentOutOfRangeException>(() => Beta.Sample(alpha, beta, ref random)).Message, StringComparison.Ordinal);
    }

    private static Tensor Scalar(double value) => Tensor.Filled((float)value, 1, 1);
}
