using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class LargeMarginTests
{
    [Fact]
    public void Mean_WorkedExample_CountsWhatIsMissingToTheMargin()
    {
        // Row 1: the shown action leads by 2, more than the margin: 0. Row 2: another leads by 1: 1 + 0.8. Row 3: leads by 0.5: 0.3 is missing.
        using var step = Step.Begin();
        var values = Tensor.From([3, 1, 0, 1, 2, 0, 0, 0, 0.5f], 3, 3);
        var loss = LargeMargin.Mean(values, Indices.From([0, 0, 2], 3), Tensor.From([0, 0.8f, 0.8f, 0, 0.8f, 0.8f, 0.8f, 0.8f, 0], 3, 3));
        Assert.Equal((0 + 1.8f + 0.3f) / 3, loss.Item(), 1e-6f);
    }

    [Fact]
    public void Mean_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, -3, 3, new Shape(17, 4), new Shape(17, 4));
        var shown = Enumerable.Range(0, 17).Select(i => i % 4).ToArray();
        Oracle.Check(() => LargeMargin.Mean(inputs[0], Indices.From(shown, 17), inputs[1].Detach().Abs()), inputs.Parameters);
    }
}
