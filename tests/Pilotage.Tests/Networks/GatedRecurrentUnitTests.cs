using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class GatedRecurrentUnitTests
{
    // Three steps of two rows; the second row's second episode begins with its second step, the first row's with its third.
    private static readonly bool[] Begins = [false, false, false, true, true, false];

    [Fact]
    public void Step_OneUnit_IsTheNumberWrittenByHand()
    {
        var network = new NetworkCase();
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 1, 1, ref network.Random);
        float[][] values = [[0.5f, -0.4f, 0.7f], [0.1f, 0.2f, -0.3f], [0.6f, 0.3f, -0.8f], [-0.1f, 0.4f, 0.25f]];
        foreach (var (parameter, given) in network.Parameters.All.Zip(values)) given.CopyTo(parameter.Values);

        var (x, h) = (1.5, 0.8);
        double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
        var r = Sigmoid(0.5 * x + 0.1 + 0.6 * h - 0.1);
        var z = Sigmoid(-0.4 * x + 0.2 + 0.3 * h + 0.4);
        var n = Math.Tanh(0.7 * x - 0.3 + r * (-0.8 * h + 0.25));
        Assert.Equal((1 - z) * n + z * h, NetworkCase.Values(() => unit.Step(Tensor.Filled(1.5f, 1, 1), Tensor.Filled(0.8f, 1, 1)))[0], 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unroll_Sequence_AgreesWithTheReference(bool cut)
    {
        var network = new NetworkCase();
        var (x, state) = (network.Input("x", 3, 2, 4), network.Input("state", 2, 5));
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 4, 5, ref network.Random);
        network.Check(() => unit.Unroll(Tensor.Of(x), Tensor.Of(state), cut ? Begins : []));
    }

    [Fact]
    public void Unroll_Sequence_HasTheBitsOfSingleSteps()
    {
        var network = new NetworkCase();
        var (x, start) = (network.Input("x", 3, 2, 4), network.Input("state", 2, 20));
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 4, 20, ref network.Random);
        network.Disturb();
        using var step = Step.Begin(gradient: Gradient.None);
        var unrolled = Backends.Values(unit.Unroll(Tensor.Of(x), Tensor.Of(start), Begins));
        var state = Tensor.Of(start);
        for (var t = 0; t < 3; t++)
        {
            var kept = Begins.AsSpan(2 * t, 2).ToArray().Select(begins => begins ? 0f : 1f).ToArray();
            state = unit.Step(Tensor.Of(x).Slice(0, t, 1).Reshape(2, 4), state * Tensor.From(kept, 2, 1));
            Assert.Equal(Backends.Values(state), unrolled[(40 * t)..(40 * (t + 1))]);
        }
    }

    [Fact]
    public void Unroll_EpisodeBegins_CutsTheGradientToWhatWasBefore()
    {
        var network = new NetworkCase();
        var (x, state) = (network.Input("x", 3, 2, 1), network.Input("state", 2, 3));
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 1, 3, ref network.Random);
        network.Disturb();
        Tensor Last() => unit.Unroll(Tensor.Of(x), Tensor.Of(state), Begins).Slice(0, 2, 1);

        // [time, row]: the first row's last step remembers nothing, the second row's remembers its second step.
        var gradient = network.GradientOf(x, Last);
        Assert.Equal([true, true, true, false, false, false], gradient.Select(value => value == 0));
        Assert.All(network.GradientOf(state, Last), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Unroll_StateBeforeTheBeginning_MayEvenBeInfinite()
    {
        var network = new NetworkCase();
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 1, 3, ref network.Random);
        float[] Run(float before) => NetworkCase.Values(() => unit.Unroll(Tensor.Filled(1, 1, 1, 1), Tensor.Filled(before, 1, 3), [true]));
        Assert.Equal(Run(0), Run(float.PositiveInfinity));
    }

    [Fact]
    public void Constructor_Parameters_AreCountedAndOrthogonal()
    {
        var network = new NetworkCase();
        _ = new GatedRecurrentUnit(network.Parameters, "memory", 512, 256, ref network.Random);

        // 3 (512 + 256 + 2) 256: as many as the widely used libraries count, with a bias on both sides.
        Assert.Equal(591_360, network.Parameters.Count);
        Assert.Equal(["memory.input.weight", "memory.input.bias", "memory.state.weight", "memory.state.bias"], network.Parameters.All.Select(p => p.Name));
        var row = network.Parameters.All[2].Values[..768].ToArray();
        Assert.Equal(1, row.Sum(w => w * w), 1e-5f);
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var unit = new GatedRecurrentUnit(network.Parameters, "memory", 4, 5, ref network.Random);
        using var step = Step.Begin();
        var one = Assert.Throws<ArgumentException>(() => unit.Step(Tensor.Filled(0, 2, 3), Tensor.Filled(0, 2, 5)));
        Assert.StartsWith("GatedRecurrentUnit memory: input [2, 3], state [2, 5] do not fit; wanted [rows, 4] and [rows, 5].", one.Message, StringComparison.Ordinal);
        var many = Assert.Throws<ArgumentException>(() => unit.Unroll(Tensor.Filled(0, 6, 2, 4), Tensor.Filled(0, 2, 5), new bool[5]));
        Assert.StartsWith("GatedRecurrentUnit memory: inputs [6, 2, 4], state [2, 5], 5 marks of beginnings do not fit", many.Message, StringComparison.Ordinal);
    }
}
