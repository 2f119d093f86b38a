using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class DualClipTests
{
    private static (float Loss, float Slope) At(float ratio, float advantage, float lower = 0.2f, float upper = 0.3f, float bound = 3)
    {
        var inputs = new OracleInputs(1, new Shape(1));
        inputs.Parameters.All[0].Values[0] = MathF.Log(ratio);
        using var step = Step.Begin();
        var loss = DualClip.Terms(inputs[0], Tensor.From([advantage], 1), lower, upper, bound).Mean();
        var value = loss.Item();
        new Sgd(inputs.Parameters, 1e-3).Descend(loss);
        return (value, inputs.Parameters.All[0].Gradient[0]);
    }

    [Theory]
    [InlineData(1f, 2f, -2f, -2f)]
    [InlineData(1.25f, 2f, -2.5f, -2.5f)]      // within the upper radius, which is wider
    [InlineData(1.5f, 2f, -2.6f, 0f)]          // a good action likely enough
    [InlineData(0.5f, 2f, -1f, -1f)]
    [InlineData(0.5f, -2f, 1.6f, 0f)]          // a bad action unlikely enough
    [InlineData(1.5f, -2f, 3f, 3f)]
    [InlineData(5f, -1f, 3f, 0f)]              // a bad action far too likely: bounded, no gradient
    [InlineData(5f, 1f, -1.3f, 0f)]            // the bound is for bad actions alone
    public void Terms_OneSample_IsTheCaseWrittenByHand(float ratio, float advantage, float loss, float slope)
    {
        var (value, gradient) = At(ratio, advantage);
        Assert.Equal(loss, value, 1e-5f);
        Assert.Equal(slope, gradient, 1e-5f);
    }

    [Fact]
    public void Terms_EqualRadiiWithinTheBound_IsTheClippedSurrogate()
    {
        using var step = Step.Begin();
        var (logRatio, advantages) = (Tensor.From([0.1f, 0.5f, -0.4f, 0.9f], 4), Tensor.From([1, 2, -1, -2], 4));
        Assert.Equal(Surrogate.Clipped(logRatio, advantages, 0.2f).Item(), DualClip.Terms(logRatio, advantages, 0.2f, 0.2f, 3).Mean().Item(), 1e-6f);
    }

    [Fact]
    public void Terms_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(7, -1.5, 1.5, new Shape(33), new Shape(33));
        Oracle.Check(() => DualClip.Terms(inputs[0], inputs[1].Detach(), 0.2f, 0.28f, 3).Mean(), inputs.Parameters);
    }
}
