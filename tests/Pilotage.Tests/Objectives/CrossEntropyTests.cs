using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class CrossEntropyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Mean_EqualLogits_IsTheLogarithmOfTheirNumber(int actions)
    {
        // The penalty of conservative values that are all the same: 0.1 log A with its usual weight.
        using var step = Step.Begin();
        var penalty = 0.1f * CrossEntropy.Mean(Tensor.Filled(7, 3, actions), Indices.From([0, 1, 1], 3));
        Assert.Equal(0.1 * Math.Log(actions), penalty.Item(), 1e-6);
    }

    [Fact]
    public void Mean_WorkedExample_IsLogSumExpLessWhatWasDone()
    {
        using var step = Step.Begin();
        var mean = CrossEntropy.Mean(Tensor.From([1, 2, 3, 0, 0, 5], 2, 3), Indices.From([2, 1], 2));
        var first = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 3;
        var second = Math.Log(2 + Math.Exp(5)) - 0;
        Assert.Equal((first + second) / 2, mean.Item(), 1e-5);
    }

    [Fact]
    public void Mean_Mask_CountsLegalActionsAlone()
    {
        using var step = Step.Begin();
        var legal = Mask.From([true, false, true], 1, 3);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), CrossEntropy.Mean(Tensor.From([2, 100, 0], 1, 3), Indices.From([0], 1), legal).Item(), 1e-6);
    }

    [Fact]
    public void Mean_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(17, 4));
        var actions = Enumerable.Range(0, 17).Select(i => i % 4).ToArray();
        var legal = Enumerable.Range(0, 68).Select(i => i % 4 == i / 4 % 4 || i % 3 != 0).ToArray();
        Oracle.Check(() => CrossEntropy.Mean(inputs[0], Indices.From(actions, 17)), inputs.Parameters);
        Oracle.Check(() => CrossEntropy.Mean(inputs[0], Indices.From(actions, 17), Mask.From(legal, 17, 4)), inputs.Parameters);
    }
}
