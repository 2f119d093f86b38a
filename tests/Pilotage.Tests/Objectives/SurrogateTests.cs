using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class SurrogateTests
{
    [Theory]
    [InlineData(1.1f, 2f, -2.2f)]          // inside the clip range: -r A
    [InlineData(1.5f, 2f, -2.4f)]          // a good action made likely enough: clipped at 1.2
    [InlineData(0.5f, 2f, -1f)]            // a good action made unlikely: not clipped, the pull back stays
    [InlineData(1.5f, -2f, 3f)]            // a bad action made likely: not clipped
    [InlineData(0.5f, -2f, 1.6f)]          // a bad action made unlikely enough: clipped at 0.8
    public void Clipped_OneSample_IsTheCaseWrittenByHand(float ratio, float advantage, float expected)
    {
        using var step = Step.Begin();
        var loss = Surrogate.Clipped(Tensor.From([MathF.Log(ratio)], 1), Tensor.From([advantage], 1), 0.2f).Item();

        Assert.Equal(expected, loss, 1e-5f);
    }

    [Theory]
    [InlineData(1.5f, 2f)]
    [InlineData(0.5f, -2f)]
    public void Clipped_BeyondTheRange_HasNoGradient(float ratio, float advantage) => Assert.Equal(0, Slope(ratio, advantage));

    [Theory]
    [InlineData(1f, 2f)]
    [InlineData(1f, -2f)]
    [InlineData(0.5f, 2f)]
    [InlineData(1.5f, -2f)]
    public void Clipped_Elsewhere_HasTheGradientOfMinusRatioTimesAdvantage(float ratio, float advantage) =>
        Assert.Equal(-ratio * advantage, Slope(ratio, advantage), 1e-5f);      // d(-e^x A)/dx = -e^x A

    [Fact]
    public void Clipped_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(7, -0.6, 0.6, new Shape(33), new Shape(33));
        Oracle.Check(() => Surrogate.Clipped(inputs[0], inputs[1], 0.2f), inputs.Parameters);
    }

    [Fact]
    public void ApproximateKl_OnPolicy_IsExactlyZeroAndElsewherePositive()
    {
        using var step = Step.Begin();
        Assert.Equal(0, Surrogate.ApproximateKl(Tensor.Filled(0, 5)).Item());
        Assert.Equal(MathF.Exp(0.5f) - 1.5f, Surrogate.ApproximateKl(Tensor.Filled(0.5f, 3)).Item(), 1e-6f);
        Assert.True(Surrogate.ApproximateKl(Tensor.Filled(-0.5f, 3)).Item() > 0);
    }

    [Fact]
    public void ClipFraction_CountsRatiosOutsideTheRange()
    {
        using var step = Step.Begin();
        var logRatio = Tensor.From([MathF.Log(1.1f), MathF.Log(1.3f), MathF.Log(0.75f), 0], 4);

        Assert.Equal(0.5f, Surrogate.ClipFraction(logRatio, 0.2f).Item());
    }

    private static float Slope(float ratio, float advantage)
    {
        var inputs = new OracleInputs(1, new Shape(1));
        inputs.Parameters.All[0].Values[0] = MathF.Log(ratio);
        using var step = Step.Begin();
        new Sgd(inputs.Parameters, 1e-3).Descend(Surrogate.Clipped(inputs[0], Tensor.From([advantage], 1), 0.2f));
        return inputs.Parameters.All[0].Gradient[0];
    }
}
