using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class ValueLossTests
{
    [Fact]
    public void Squared_TwoRows_IsHalfTheMeanSquare()
    {
        using var step = Step.Begin();
        Assert.Equal((1 + 9) / 4f, ValueLoss.Squared(Tensor.From([1, 2], 2), Tensor.From([2, 5], 2)).Item());
    }

    [Fact]
    public void Huber_InsideAndOutside_IsQuadraticThenLinear()
    {
        using var step = Step.Begin();
        Assert.Equal(0.125f, ValueLoss.Huber(Tensor.From([0.5f], 1), Tensor.From([0], 1)).Item());
        Assert.Equal(2.5f, ValueLoss.Huber(Tensor.From([3], 1), Tensor.From([0], 1)).Item());          // 1 (3 - 1/2)
        Assert.Equal(4f, ValueLoss.Huber(Tensor.From([-3], 1), Tensor.From([0], 1), threshold: 2).Item());   // 2 (3 - 2/2)
    }

    [Fact]
    public void Losses_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(65), new Shape(65));
        Oracle.Check(() => ValueLoss.Squared(inputs[0], inputs[1]), inputs.Parameters);
        Oracle.Check(() => ValueLoss.Huber(inputs[0], inputs[1]), inputs.Parameters);
        Oracle.Check(() => ValueLoss.Huber(inputs[0], inputs[1], threshold: 2), inputs.Parameters);
    }
}
