using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class ExpandTests
{
    [Fact]
    public void Expand_AnyPair_MatchesTheReference()
    {
        foreach (var (from, to) in new (int[] From, int[] To)[]
        {
            ([], [3]), ([], []), ([1], [17]), ([5], [3, 5]), ([3, 1], [3, 33]), ([1, 5], [4, 5]), ([2, 1, 5], [2, 3, 5]), ([3, 1, 1], [2, 3, 4, 5]), ([2, 1, 3, 1], [2, 4, 3, 5]),
            ([1], [0]), ([3, 1], [3, 0]), ([0, 1], [0, 4]), ([7, 5], [7, 5]),
        })
        {
            var inputs = new OracleInputs(1, new Shape(from));
            Oracle.Check(() => inputs[0].Expand(to), inputs.Parameters);
            Oracle.Check(() => inputs[0].Expand(to) * inputs[0], inputs.Parameters);
        }
    }

    [Fact]
    public void Expand_InAProduct_HasTheBitsOfBroadcasting()
    {
        var inputs = new OracleInputs(2, new Shape(9, 1), new Shape(9, 37));
        float[] Gradient(Func<Tensor> product)
        {
            using var step = Step.Begin();
            inputs.Parameters.ClearGradients();
            Backends.Backward(product().Square().Sum(), inputs.Parameters);
            return inputs.Parameters.Gradients.ToArray();
        }
        Assert.Equal(Gradient(() => inputs[0].Expand(9, 37) * inputs[1]), Gradient(() => inputs[0] * inputs[1]));
    }
}
