using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class GatedRecurrenceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 16)]
    [InlineData(4, 33)]
    [InlineData(0, 5)]
    [InlineData(3, 0)]
    public void Recur_AnyShape_MatchesTheReference(int rows, int columns)
    {
        var inputs = new OracleInputs(1, new Shape(rows, 3 * columns), new Shape(rows, 3 * columns), new Shape(rows, columns));
        Oracle.Check(() => inputs[0].Recur(inputs[1], inputs[2]), inputs.Parameters);
        Oracle.Check(() => inputs[0].Recur(inputs[0], inputs[2]), inputs.Parameters);
        Oracle.Check(() => inputs[0].Recur(inputs[1], inputs[2]) * inputs[2], inputs.Parameters);
    }

    [Fact]
    public void Recur_OverTime_MatchesTheReference()
    {
        var inputs = new OracleInputs(2, -1, 1, new Shape(4, 3, 6), new Shape(2, 6), new Shape(6));
        Oracle.Check(() =>
        {
            var state = Tensor.Filled(0, 3, 2);
            for (var t = 0; t < 4; t++) state = inputs[0].Slice(0, t, 1).Reshape(3, 6).Recur(state.Linear(inputs.Parameters.All[1], inputs.Parameters.All[2]), state);
            return state;
        }, inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Recur_WorkedExample_IsTheCell(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        // r = sigmoid(0.1 + 0.2), z = sigmoid(-0.3 + 0.4), c = tanh(0.5 + r 0.6), y = (1 - z) c + 2 z.
        var y = Tensor.From([0.1f, -0.3f, 0.5f], 1, 3).Recur(Tensor.From([0.2f, 0.4f, 0.6f], 1, 3), Tensor.From([2], 1, 1));
        var (r, z) = (1 / (1 + Math.Exp(-0.3)), 1 / (1 + Math.Exp(-0.1)));
        Assert.Equal((1 - z) * Math.Tanh(0.5 + r * 0.6) + 2 * z, y.Item(), 1e-6);
    }

    [Theory]
    [InlineData(30f, 5f)]
    [InlineData(-30f, 0.5f)]
    public void Recur_UpdateGateAtItsEnds_KeepsOrReplacesTheState(float update, float expected)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var candidate = (float)Math.Atanh(0.5);
        Assert.Equal(expected, Tensor.From([0, update, candidate], 1, 3).Recur(Tensor.Filled(0, 1, 3), Tensor.From([5], 1, 1)).Item(), 1e-6);
    }
}
