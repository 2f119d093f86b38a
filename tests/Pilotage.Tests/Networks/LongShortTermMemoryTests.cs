using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class LongShortTermMemoryTests
{
    private static readonly bool[] Begins = [false, false, false, true, true, false];

    [Fact]
    public void Step_OneUnit_IsTheNumberWrittenByHand()
    {
        var network = new NetworkCase();
        var memory = new LongShortTermMemory(network.Parameters, "memory", 1, 1, ref network.Random);
        float[][] values = [[0.5f, -0.4f, 0.7f, 0.9f], [0.1f, 1.2f, -0.3f, 0.05f], [0.6f, 0.3f, -0.8f, -0.2f]];
        foreach (var (parameter, given) in network.Parameters.All.Zip(values)) given.CopyTo(parameter.Values);

        var (x, h, c) = (1.5, 0.8, -0.6);
        double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
        var next = Sigmoid(-0.4 * x + 1.2 + 0.3 * h) * c + Sigmoid(0.5 * x + 0.1 + 0.6 * h) * Math.Tanh(0.7 * x - 0.3 - 0.8 * h);
        var shown = Sigmoid(0.9 * x + 0.05 - 0.2 * h) * Math.Tanh(next);
        using var step = Step.Begin();
        var (hidden, cell) = memory.Step(Tensor.Filled(1.5f, 1, 1), Tensor.Filled(0.8f, 1, 1), Tensor.Filled(-0.6f, 1, 1));

        Assert.Equal(next, cell.Item(), 1e-6);
        Assert.Equal(shown, hidden.Item(), 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unroll_Sequence_AgreesWithTheReference(bool cut)
    {
        var network = new NetworkCase();
        var (x, hidden, cell) = (network.Input("x", 3, 2, 4), network.Input("hidden", 2, 5), network.Input("cell", 2, 5));
        var memory = new LongShortTermMemory(network.Parameters, "memory", 4, 5, ref network.Random);
        network.Check(() =>
        {
            var (outputs, last, lastCell) = memory.Unroll(Tensor.Of(x), Tensor.Of(hidden), Tensor.Of(cell), cut ? Begins : []);
            return Tensor.Concat(0, outputs.Reshape(6, 5), last, lastCell);
        });
    }

    [Fact]
    public void Unroll_Sequence_HasTheBitsOfSingleSteps()
    {
        var network = new NetworkCase();
        var (x, start, startCell) = (network.Input("x", 3, 2, 4), network.Input("hidden", 2, 20), network.Input("cell", 2, 20));
        var memory = new LongShortTermMemory(network.Parameters, "memory", 4, 20, ref network.Random);
        network.Disturb();
        using var step = Step.Begin(gradient: Gradient.None);
        var (outputs, last, lastCell) = memory.Unroll(Tensor.Of(x), Tensor.Of(start), Tensor.Of(startCell), Begins);
        var unrolled = Backends.Values(outputs);
        var (hidden, cell) = (Tensor.Of(start), Tensor.Of(startCell));
        for (var t = 0; t < 3; t++)
        {
            var kept = Tensor.From([.. Begins[(2 * t)..(2 * t + 2)].Select(begins => begins ? 0f : 1f)], 2, 1);
            (hidden, cell) = memory.Step(Tensor.Of(x).Slice(0, t, 1).Reshape(2, 4), hidden * kept, cell * kept);
            Assert.Equal(Backends.Values(hidden), unrolled[(40 * t)..(40 * (t + 1))]);
        }
        Assert.Equal(Backends.Values(hidden), Backends.Values(last));
        Assert.Equal(Backends.Values(cell), Backends.Values(lastCell));
    }

    [Fact]
    public void Unroll_EpisodeBegins_CutsTheGradientToWhatWasBefore()
    {
        var network = new NetworkCase();
        var (x, hidden, cell) = (network.Input("x", 3, 2, 1), network.Input("hidden", 2, 3), network.Input("cell", 2, 3));
        var memory = new LongShortTermMemory(network.Parameters, "memory", 1, 3, ref network.Random);
        network.Disturb();
        Tensor Last() => memory.Unroll(Tensor.Of(x), Tensor.Of(hidden), Tensor.Of(cell), Begins).Hidden;

        Assert.Equal([true, true, true, false, false, false], network.GradientOf(x, Last).Select(value => value == 0));
        Assert.All(network.GradientOf(hidden, Last), value => Assert.Equal(0, value));
        Assert.All(network.GradientOf(cell, Last), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Constructor_ForgetGate_BeginsOpen()
    {
        var network = new NetworkCase();
        _ = new LongShortTermMemory(network.Parameters, "memory", 2, 3, ref network.Random);
        Assert.Equal(["memory.input.weight", "memory.input.bias", "memory.state.weight"], network.Parameters.All.Select(p => p.Name));
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], network.Parameters.All[1].Values.ToArray());
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var memory = new LongShortTermMemory(network.Parameters, "memory", 4, 5, ref network.Random);
        using var step = Step.Begin();
        var one = Assert.Throws<ArgumentException>(() => memory.Step(Tensor.Filled(0, 2, 4), Tensor.Filled(0, 2, 5), Tensor.Filled(0, 3, 5)));
        Assert.StartsWith("LongShortTermMemory memory: input [2, 4], hidden [2, 5], cell [3, 5] do not fit; wanted [rows, 4] and twice [rows, 5].", one.Message, StringComparison.Ordinal);
        var many = Assert.Throws<ArgumentException>(() => memory.Unroll(Tensor.Filled(0, 6, 2, 4), Tensor.Filled(0, 2, 5), Tensor.Filled(0, 2, 4)));
        Assert.StartsWith("LongShortTermMemory memory: inputs [6, 2, 4], state [2, 4], 0 marks of beginnings do not fit", many.Message, StringComparison.Ordinal);
    }
}
