using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ManagedStaleWeightTests
{
    [Fact]
    public void Descend_ParameterUpdatedSinceItWasRead_IsRefusedByName()
    {
        var inputs = new OracleInputs(1, new Shape(3));
        var optimizer = new Sgd(inputs.Parameters, 0.1);
        using var step = Step.Begin();
        var (first, second) = (inputs[0].Square().Sum(), inputs[0].Exp().Sum());
        optimizer.Descend(first);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Descend(second));
        Assert.StartsWith("input0 was updated after this loss was computed with it", error.Message);
    }
}
