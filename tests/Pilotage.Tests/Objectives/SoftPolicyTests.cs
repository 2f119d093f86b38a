using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class SoftPolicyTests
{
    [Fact]
    public void Loss_TwoRows_IsTheMeanOfPricedEntropyMinusValue()
    {
        using var step = Step.Begin();
        var loss = SoftPolicy.Loss(Tensor.From([-1, 2], 2), Tensor.From([10, 20], 2), 0.5f);

        Assert.Equal((0.5f * -1 - 10 + 0.5f * 2 - 20) / 2, loss.Item());
    }

    [Theory]
    [InlineData(1.5f, -1f, -0.5f)]         // log pi 1.5 = entropy -1.5, below the wanted -1: the slope is negative, so the temperature rises
    [InlineData(0.25f, -1f, 0.75f)]        // entropy -0.25, above it: it falls
    [InlineData(1f, -1f, 0f)]
    public void TemperatureLoss_Slope_IsEntropyMinusWantedEntropy(float logPi, float wanted, float slope)
    {
        var inputs = new OracleInputs(1, new Shape(1));
        using var step = Step.Begin();
        new Sgd(inputs.Parameters, 1e-3).Descend(SoftPolicy.TemperatureLoss(inputs[0], logPi, wanted));

        Assert.Equal(slope, inputs.Parameters.All[0].Gradient[0], 1e-6f);
    }

    [Fact]
    public void Losses_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(7, new Shape(33), new Shape(33), new Shape(1));
        Oracle.Check(() => SoftPolicy.Loss(inputs[0], inputs[1], 0.2f) + SoftPolicy.TemperatureLoss(inputs[2], -0.7f, -2), inputs.Parameters);
    }
}
