using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class LinearTests
{
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Theory, MemberData(nameof(Activations))]
    public void Linear_EachActivationWithAndWithoutBias_AgreesWithTheReference(Activation activation)
    {
        foreach (var (rows, inputs, outputs) in new[] { (1, 1, 1), (3, 3, 1), (1, 4, 15), (15, 16, 16), (17, 17, 17), (33, 3, 33), (16, 65, 2), (65, 5, 65), (64, 64, 64) })
        {
            Check([rows, inputs], outputs, activation, biased: true);
            Check([rows, inputs], outputs, activation, biased: false);
        }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Elu_FusedAndAlone_HasTheSlopeOfItsResultPlusOne(string backend)
    {
        // x above 0, e^x - 1 below: slope 1 above, at 0 and below e^x, and so at -200 none. The fused one keeps its result alone.
        float[] x = [-200, -2, -1, 0, 0.5f, 3, 200];
        float[] values = [-1, MathF.Exp(-2) - 1, MathF.Exp(-1) - 1, 0, 0.5f, 3, 200], slopes = [0, MathF.Exp(-2), MathF.Exp(-1), 1, 1, 1, 1];
        var weights = new Parameters();
        var random = new Randomness(1);
        var one = weights.Add("one", new Shape(1, 1), new Initializer.Constant(1), ref random);
        foreach (var function in new Func<Tensor, Tensor>[] { t => t.Elu(), t => t.Reshape(-1, 1).Linear(one, null, Activation.Elu) })
        {
            Assert.Equal(values, Backends.Values(backend, x, function), (a, b) => Math.Abs(a - b) < 1e-6f);
            Assert.Equal(slopes, Backends.GradientOfSum(backend, x, function), (a, b) => Math.Abs(a - b) < 1e-6f);
        }
    }

    [Fact]
    public void Linear_LeadingAxes_CountAsRows()
    {
        Check([5], 3, Activation.Tanh, biased: true);
        Check([2, 3, 5], 7, Activation.Relu, biased: true);
        Check([2, 1, 3, 17], 16, Activation.None, biased: true);
    }

    [Fact]
    public void Linear_NoRowsOrNoInputs_AgreesWithTheReference()
    {
        Check([0, 5], 3, Activation.Tanh, biased: true);
        Check([3, 0], 4, Activation.None, biased: true);
        Check([3, 0], 4, Activation.None, biased: false);
    }

    [Fact]
    public void Linear_ConstantInput_StillTrainsItsWeights()
    {
        var inputs = new OracleInputs(1, new Shape(17, 5), new Shape(5));
        var observations = Enumerable.Range(0, 33 * 17).Select(i => MathF.Sin(i)).ToArray();
        Oracle.Check(() => Tensor.From(observations, 33, 17).Linear(inputs.Parameters.All[0], inputs.Parameters.All[1], Activation.Tanh), inputs.Parameters);
    }

    [Fact]
    public void Linear_SameWeightTwice_AddsItsGradients()
    {
        var inputs = new OracleInputs(2, -0.5, 0.5, new Shape(16, 16), new Shape(16), new Shape(5, 16));
        var (weight, bias) = (inputs.Parameters.All[0], inputs.Parameters.All[1]);
        Oracle.Check(() => inputs[2].Linear(weight, bias, Activation.Tanh).Linear(weight, bias, Activation.Tanh).Linear(weight, null), inputs.Parameters);
        Oracle.Check(() => inputs[2].Linear(weight, bias).MatMul(inputs[0]) + inputs[1], inputs.Parameters);
    }

    [Fact]
    public void Linear_TwoLayerNetworkWithTwoHeads_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, -0.6, 0.6, new Shape(4, 33), new Shape(33), new Shape(33, 17), new Shape(17), new Shape(17, 3), new Shape(17, 1), new Shape(1));
        var p = inputs.Parameters.All;
        var observations = Enumerable.Range(0, 15 * 4).Select(i => MathF.Cos(3 * i)).ToArray();
        Oracle.Check(() =>
        {
            var hidden = Tensor.From(observations, 15, 4).Linear(p[0], p[1], Activation.Tanh).Linear(p[2], p[3], Activation.Tanh);
            var (logits, value) = (hidden.Linear(p[4], null), hidden.Linear(p[5], p[6]));
            return (logits.LogSoftmax() * value).Mean() + value.Square().Mean();
        }, inputs.Parameters);
    }

    [Theory]
    [InlineData(true, 1, 3, 5, 4)]
    [InlineData(true, 2, 17, 33, 20)]
    [InlineData(false, 3, 9, 18, 1)]
    [InlineData(false, 2, 0, 4, 4)]
    public void Linear_SeveralMembers_MatchesTheReference(bool sharesInput, int members, int rows, int width, int outputs)
    {
        var inputs = new OracleInputs(5, sharesInput ? new Shape(rows, width) : new Shape(members, rows, width), new Shape(members, width, outputs), new Shape(members, 1, outputs));
        var (weight, bias) = (inputs.Parameters.All[1], inputs.Parameters.All[2]);
        foreach (ref var value in weight.Values) value *= 0.2f;
        Oracle.Check(() => inputs[0].Linear(weight, bias, Activation.Tanh), inputs.Parameters);
        Oracle.Check(() => inputs[0].Linear(weight, null, Activation.Silu) + inputs[0].Sum(), inputs.Parameters);
    }

    [Fact]
    public void Linear_MembersDoNotFit_SaysWhatIsWanted()
    {
        var inputs = new OracleInputs(4, new Shape(2, 3, 4), new Shape(2, 4));
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => Tensor.Filled(1, 5, 3).Linear(inputs.Parameters.All[0], inputs.Parameters.All[1]));
        Assert.Equal("Linear: input [5, 3], weight input0 [2, 3, 4], bias [2, 4] do not fit; wanted [rows, in] or [members, rows, in], [members, in, out], [members, 1, out].", error.Message);
    }

    [Fact]
    public void Linear_ShapesDoNotFit_ThrowsAndNamesTheWeight()
    {
        var inputs = new OracleInputs(4, new Shape(3, 4), new Shape(5));
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 2, 3);
        var exception = Assert.Throws<ArgumentException>(() => x.Linear(inputs.Parameters.All[0], inputs.Parameters.All[1]));
        Assert.Contains("input0", exception.Message, StringComparison.Ordinal);
    }

    private static void Check(int[] shape, int outputs, Activation activation, bool biased)
    {
        // Inputs of order 1, sums of order 1: the weights shrink with the square root of their number.
        var inputs = new OracleInputs((ulong)outputs, new Shape(shape), new Shape(outputs));
        var random = new Randomness(7);
        var weight = inputs.Parameters.Add("weight", new Shape(shape[^1], outputs), new Initializer.FanIn(), ref random);
        var bias = biased ? inputs.Parameters.All[1] : null;
        // Differences try the reference, not the device: the small shapes are enough for that.
        Oracle.Check(() => inputs[0].Linear(weight, bias, activation), inputs.Parameters, maximumDifferences: inputs.Parameters.Count < 1000 ? 12 : 0);
    }
}
