using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>A tensor that is used twice gets the sum of both gradients, whichever comes first.</summary>
public sealed class GradientSumTests
{
    [Fact]
    public void Add_ATensorToItself_DoublesTheGradient() => Check(x => (x * 2) is var y ? y + y : y);

    [Fact]
    public void Reshape_OfATensorUsedElsewhere_AddsItsGradient() => Check(x => (x * 2) is var y ? y.Reshape(15).Square().Sum() + y.Exp().Sum() : y);

    [Fact]
    public void ScatterAdd_OfATensorUsedElsewhere_AddsItsGradient() => Check(x => (x * 2) is var y
        ? y.ScatterAdd(Indices.From([.. Enumerable.Range(0, 15).Select(i => i % 4)], 3, 5), 1, 4).Square().Sum() + y.Exp().Sum()
        : y);

    [Fact]
    public void Dropout_OfATensorUsedElsewhere_AddsItsGradient() => Check(x =>
    {
        var random = new Randomness(4);
        var y = x * 2;
        return y.Dropout(0.4f, ref random).Square().Sum() + y.Exp().Sum();
    });

    private static void Check(Func<Tensor, Tensor> function)
    {
        var inputs = new OracleInputs(6, new Shape(3, 5));
        Oracle.Check(() => function(inputs[0]), inputs.Parameters);
    }
}
