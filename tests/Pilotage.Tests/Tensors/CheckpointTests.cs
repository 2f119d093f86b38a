using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class CheckpointTests
{
    [Fact]
    public void Checkpoint_WithParametersInside_MatchesTheReference()
    {
        var inputs = new OracleInputs(3, new Shape(4, 5), new Shape(5, 7), new Shape(7));
        var (weight, bias) = (inputs.Parameters.All[1], inputs.Parameters.All[2]);
        Oracle.Check(() => (inputs[0] * 2).Checkpoint(x => x.Linear(weight, bias, Activation.Tanh).Square()) + inputs[0].Sum(), inputs.Parameters);
    }

    [Fact]
    public void Checkpoint_Nested_GivesTheBitsOfThePlainFunction()
    {
        var inputs = new OracleInputs(3, new Shape(4, 6), new Shape(6, 6));
        var weight = inputs.Parameters.All[1];
        Tensor Layer(Tensor x) => x.Linear(weight, null, Activation.Gelu) + x;
        float[] Gradient(Func<Tensor, Tensor> function)
        {
            using var step = Step.Begin();
            inputs.Parameters.ClearGradients();
            Backends.Backward(function(inputs[0]).Square().Sum(), inputs.Parameters);
            return inputs.Parameters.Gradients.ToArray();
        }
        Assert.Equal(Gradient(x => Layer(Layer(x))), Gradient(x => x.Checkpoint(y => Layer(y).Checkpoint(Layer))));
    }

    [Fact]
    public void Checkpoint_TensorFromOutside_IsRefused()
    {
        using var step = Step.Begin();
        var outside = Tensor.Filled(2, 3);
        var error = Assert.Throws<InvalidOperationException>(() => Tensor.Filled(1, 3).Checkpoint(x => x * outside));
        Assert.Equal("From belongs to another step (cpu) than the operation's first operand (cpu); take values across with CopyTo and From.", error.Message);
    }

    [Fact]
    public void Checkpoint_FunctionThatChanges_IsRefused()
    {
        var inputs = new OracleInputs(3, new Shape(4));
        var factor = 1f;
        using var step = Step.Begin();
        var loss = inputs[0].Checkpoint(x => x * factor++).Sum();
        Assert.Contains("another result", Assert.Throws<InvalidOperationException>(() => Backends.Backward(loss, inputs.Parameters)).Message);
    }
}
