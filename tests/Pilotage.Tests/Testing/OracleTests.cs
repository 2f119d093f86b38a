using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Testing;

/// <summary>The oracle must notice what it is there to notice. Both sides run on the reference, so that these tests say nothing about a backend.</summary>
public sealed class OracleTests
{
    [Fact]
    public void Check_CorrectFunction_ComparesAllElements()
    {
        var inputs = new OracleInputs(1, new Shape(3, 5), new Shape(5));

        var report = Oracle.Check(() => (inputs[0] * inputs[1]).Tanh(), inputs.Parameters, device: new ReferenceDevice());

        Assert.Equal(new OracleReport(15, 20, 20, 0), report);
    }

    [Fact]
    public void Check_ValueOffByAThousandth_Throws()
    {
        var inputs = new OracleInputs(2, new Shape(4));
        var calls = 0;

        var exception = Assert.Throws<OracleException>(
            () => Oracle.Check(() => inputs[0] * (calls++ == 0 ? 1.001f : 1f), inputs.Parameters, device: new ReferenceDevice()));

        Assert.Contains("value 0 of [4]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("gradient 0 of input0 [4]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_GradientLostOnTheDevice_Throws()
    {
        var inputs = new OracleInputs(3, new Shape(4));
        var calls = 0;

        var exception = Assert.Throws<OracleException>(
            () => Oracle.Check(() => calls++ == 0 ? inputs[0].Detach() : inputs[0] * 1, inputs.Parameters, device: new ReferenceDevice()));

        Assert.All(exception.Problems, problem => Assert.StartsWith("gradient", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_GradientUnlikeTheDifference_Throws()
    {
        var inputs = new OracleInputs(4, new Shape(4));
        var point = inputs.Parameters.All[0].Values.ToArray();
        var calls = 0;

        // The same value at the point, another slope: only the differences can tell.
        var exception = Assert.Throws<OracleException>(
            () => Oracle.Check(() => calls++ < 2 ? inputs[0] * 2 : inputs[0] * 2.00001f - Tensor.From(point, 4) * (2.00001f - 2), inputs.Parameters, device: new ReferenceDevice()));

        Assert.All(exception.Problems, problem => Assert.StartsWith("central difference", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ShapesDiffer_Throws()
    {
        var inputs = new OracleInputs(5, new Shape(4));
        var calls = 0;

        Assert.Throws<OracleException>(
            () => Oracle.Check(() => calls++ == 0 ? inputs[0].Reshape(2, 2) : inputs[0] * 1, inputs.Parameters, device: new ReferenceDevice()));
    }

    [Fact]
    public void Check_DetachedFactor_IsHeldConstantInTheDifferences()
    {
        var inputs = new OracleInputs(6, new Shape(4));

        var report = Oracle.Check(() => inputs[0] * inputs[0].Exp().Detach(), inputs.Parameters, device: new ReferenceDevice());

        Assert.Equal(0, report.Kinks);
    }

    [Fact]
    public void Check_KinkAtThePoint_IsCountedAndStillBounded()
    {
        var inputs = new OracleInputs(7, low: 0, high: 0, new Shape(4));

        var report = Oracle.Check(() => inputs[0].Relu(), inputs.Parameters, device: new ReferenceDevice());

        Assert.Equal(4, report.Kinks);
    }

    [Fact]
    public void Override_TinyPerturbation_IsSeenInDouble()
    {
        var inputs = new OracleInputs(8, low: 1, high: 1, new Shape(1));
        var device = new ReferenceDevice();
        device.Override(inputs.Parameters.All[0], [1 + 1e-12]);

        using var step = Step.Begin(device);
        var square = inputs[0].Square();

        Assert.Equal(1 + 2e-12, ((ReferenceTape)square.Tape).ValuesOf(square.Slot)[0], 1e-15);
    }

    [Fact]
    public void GradientOf_TwoBackwardPasses_Accumulates()
    {
        var inputs = new OracleInputs(9, low: 3, high: 3, new Shape(1));
        var device = new ReferenceDevice();

        for (var pass = 0; pass < 2; pass++)
        {
            using var step = Step.Begin(device);
            var loss = inputs[0].Square();
            loss.Tape.Backward(loss.Slot, inputs.Parameters);
        }

        Assert.Equal(12, device.GradientOf(inputs.Parameters.All[0])[0]);
        Assert.Equal(12, inputs.Parameters.All[0].Gradient[0]);
    }
}
