using Pilotage.Systems.Control.Symphony;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public class SymphonyObjectivesTests
{
    private static float Of(Func<Tensor, Tensor> function, params float[] values)
    {
        using var step = Step.Begin();
        return function(Tensor.From(values, values.Length)).Item();
    }

    private static float Swaddle(float scale, float beta)
    {
        using var step = Step.Begin();
        return SymphonyObjectives.Swaddle(Tensor.Filled(scale, 1), Tensor.Filled(beta, 1)).Item();
    }

    [Theory]
    [InlineData(1f, 0.46211715726000974)]
    [InlineData(-1f, 0.46211715726000974)]
    [InlineData(0.1f, 0.004995837495787998)]
    [InlineData(4f, 3.8561103203032676)]
    [InlineData(0f, 0)]
    public void SymmetricError_OneError_IsETanhOfHalfE(float error, double expected) => Assert.Equal(expected, Of(SymphonyObjectives.SymmetricError, error), 1e-6);

    [Fact]
    public void AsymmetricError_SignChanged_ChangesItsSign()
    {
        Assert.Equal(0.46211715726000974, Of(SymphonyObjectives.AsymmetricError, 1), 1e-6);
        Assert.Equal(-0.46211715726000974, Of(SymphonyObjectives.AsymmetricError, -1), 1e-6);
    }

    [Fact]
    public void Errors_Several_AreMeans()
    {
        Assert.Equal((0.46211715726 + 3.85611032030) / 2, Of(SymphonyObjectives.SymmetricError, 1, 4), 1e-6);
        Assert.Equal((0.46211715726 - 3.85611032030) / 2, Of(SymphonyObjectives.AsymmetricError, 1, -4), 1e-6);
    }

    [Fact]
    public void TemporalAdvantage_ByHand_IsTheDistanceFromTheMovingAverageInItsSize()
    {
        // alpha = 0.618034, EMA = 1: e = 0.618034 + 0.381966 q' is 1.381966 at 2 and 0.236068 at -1.
        var inputs = new OracleInputs(1, new Shape(2));
        (inputs.Parameters.All[0].Values[0], inputs.Parameters.All[0].Values[1]) = (2, -1);
        float[] advantage = [0, 0], average = [0, 0];
        using (Step.Begin())
        {
            var (a, e) = SymphonyObjectives.TemporalAdvantage(Tensor.Of(inputs.Parameters.All[0]), 1);
            a.CopyTo(advantage);
            e.CopyTo(average);
            new Sgd(inputs.Parameters, 1e-9).Descend(a.Sum());
        }
        Assert.Equal(1.381966, average[0], 1e-6);
        Assert.Equal(0.236068, average[1], 1e-6);
        Assert.Equal(0.618034 / 1.381966, advantage[0], 1e-6);
        Assert.Equal(-1.236068 / 0.236068, advantage[1], 1e-5);
        Assert.Equal(1 / 1.381966, inputs.Parameters.All[0].Gradient[0], 1e-6);       // the average has no gradient
        Assert.Equal(1 / 0.236068, inputs.Parameters.All[0].Gradient[1], 1e-5);
    }

    [Fact]
    public void TemporalAdvantage_NegativeAverage_KeepsTheSignOfBetter()
    {
        using var step = Step.Begin();
        Assert.True(SymphonyObjectives.TemporalAdvantage(Tensor.Filled(-1, 1), -2).Advantage.Item() > 0);
    }

    [Fact]
    public void TemporalAdvantage_NothingYet_IsFinite()
    {
        using var step = Step.Begin();
        Assert.Equal(0, SymphonyObjectives.TemporalAdvantage(Tensor.Filled(0, 1), 0).Advantage.Item());
    }

    [Theory]
    [InlineData(0.5f, 0.5f, 0.8483644523919951)]
    [InlineData(0.1f, 0.5f, 0.41569703582295786)]
    [InlineData(0.9f, 0.5f, 2.7174714438193543)]
    public void Swaddle_OnePair_IsTheFormula(float scale, float beta, double expected) => Assert.Equal(expected, Swaddle(scale, beta), 2e-6);

    [Fact]
    public void Swaddle_OnTheGrid_IsSmallestInside()
    {
        var best = (Value: float.PositiveInfinity, Scale: 0f, Beta: 0f);
        for (var x = 1; x < 1000; x += 11)
            for (var k = 1; k < 1000; k += 9)
            {
                var value = Swaddle(x / 1000f, k / 1000f);
                Assert.True(float.IsFinite(value), $"x {x}, k {k}");
                if (value < best.Value) best = (value, x / 1000f, k / 1000f);
            }
        Assert.Equal(-0.016883, best.Value, 1e-4);
        Assert.Equal(0.364, best.Scale, 0.011);                         // the grid's step
        Assert.Equal(0.091, best.Beta, 0.009);
        Assert.Equal(-0.016883, Swaddle(0.364f, 0.091f), 2e-6);
    }

    [Fact]
    public void Swaddle_ExponentOfBeta_HasNoGradient()
    {
        // d/dk of the formula with 1/k held: x log x + d/dk log((1 + k²)/(1 - k²)) = x log x + 4k / (1 - k⁴).
        var inputs = new OracleInputs(1, new Shape(1), new Shape(1));
        inputs.Parameters.All[0].Values[0] = 0.3f;
        inputs.Parameters.All[1].Values[0] = 0.5f;
        using var step = Step.Begin();
        new Sgd(inputs.Parameters, 1e-9).Descend(SymphonyObjectives.Swaddle(Tensor.Of(inputs.Parameters.All[0]), Tensor.Of(inputs.Parameters.All[1])));

        Assert.Equal(0.3 * Math.Log(0.3) + 4 * 0.5 / (1 - Math.Pow(0.5, 4)), inputs.Parameters.All[1].Gradient[0], 1e-5);
    }

    [Fact]
    public void Terms_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(7, new Shape(5, 7), new Shape(33), new Shape(33));
        Oracle.Check(
            () => SymphonyObjectives.SymmetricError(inputs[0]) - SymphonyObjectives.AsymmetricError(3f * inputs[0])
                + SymphonyObjectives.Swaddle((inputs[1].Tanh().Abs() + 0.01f).Clamp(0.01f, 0.99f), (inputs[2].Tanh().Abs() + 0.2f).Clamp(0.01f, 0.99f)),
            inputs.Parameters);
    }
}
