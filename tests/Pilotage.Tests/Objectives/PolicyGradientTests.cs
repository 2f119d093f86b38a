using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class PolicyGradientTests
{
    [Fact]
    public void Weighted_TwoActions_IsMinusTheMeanWrittenByHand()
    {
        using var step = Step.Begin();
        Assert.Equal(-(-0.5f * 2 + -1 * -3) / 2, PolicyGradient.Weighted(Tensor.From([-0.5f, -1], 2), Tensor.From([2, -3], 2)).Item(), 1e-6f);
    }

    [Fact]
    public void Weighted_Softmax_HasTheScoreAsGradient()
    {
        // For one action drawn from softmax(x): d(-A log pi(a)) / dx = A (pi - onehot(a)).
        var inputs = new OracleInputs(3, -1, 1, new Shape(1, 3));
        using var step = Step.Begin();
        var logPi = inputs[0].LogSoftmax();
        var pi = new float[3];
        logPi.Exp().CopyTo(pi);
        var loss = PolicyGradient.Weighted(logPi.Gather(Indices.From([1], 1)), Tensor.From([2.5f], 1));
        loss.Tape.Backward(loss.Slot, inputs.Parameters);

        float[] expected = [2.5f * pi[0], 2.5f * (pi[1] - 1), 2.5f * pi[2]];
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], inputs.Parameters.All[0].Gradient[i], 1e-6f);
    }

    [Fact]
    public void Weighted_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(7, -2, 0, new Shape(33), new Shape(33));
        Oracle.Check(() => PolicyGradient.Weighted(inputs[0], inputs[1]), inputs.Parameters);
    }
}
