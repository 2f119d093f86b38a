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
    public void WeightedHuber_TwoRows_CountsEachByItsWeight()
    {
        using var step = Step.Begin();
        var loss = ValueLoss.WeightedHuber(Tensor.From([0.5f, 3], 2), Tensor.From([0, 0], 2), Tensor.From([1, 0.5f], 2));

        Assert.Equal((0.125f + 0.5f * 2.5f) / 2, loss.Item());
    }

    [Fact]
    public void WeightedHuber_WeightsOfOne_HasTheBitsOfThePlainLoss()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(65), new Shape(65));
        (float, float[]) Run(Func<Tensor> loss)
        {
            using var step = Step.Begin();
            var report = new Sgd(inputs.Parameters, 1e-30).Descend(loss());
            return (report.Loss, inputs.Parameters.Gradients.ToArray());
        }

        var (plain, plainGradient) = Run(() => ValueLoss.Huber(inputs[0], inputs[1]));
        var (weighted, weightedGradient) = Run(() => ValueLoss.WeightedHuber(inputs[0], inputs[1], Tensor.Filled(1, 65)));

        Assert.Equal(plain, weighted);
        Assert.Equal(plainGradient, weightedGradient);
    }

    [Fact]
    public void Losses_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(65), new Shape(65));
        Oracle.Check(() => ValueLoss.Squared(inputs[0], inputs[1]), inputs.Parameters);
        Oracle.Check(() => ValueLoss.Huber(inputs[0], inputs[1]), inputs.Parameters);
        Oracle.Check(() => ValueLoss.Huber(inputs[0], inputs[1], threshold: 2), inputs.Parameters);
        var weighted = new OracleInputs(3, -3, 3, new Shape(65), new Shape(65), new Shape(65));
        Oracle.Check(() => ValueLoss.WeightedHuber(weighted[0], weighted[1], weighted[2]), weighted.Parameters);
    }
}
