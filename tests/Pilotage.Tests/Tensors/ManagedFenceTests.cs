using CsCheck;
using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>Kernels write nothing behind the slack of their blocks, and what lies in fresh memory and in the slack, here NaN, reaches no result.</summary>
public sealed class ManagedFenceTests
{
    private static readonly Device Fenced = new ManagedDevice(kind: ArenaKind.Fenced);

    private static readonly Gen<int[]> Shapes = Gen.Int[0, 40].Array[1, 4].Select(shape => Limited(shape, 3000));

    public static TheoryData<string> Names => [.. OperatorCases.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Operator_InFencedMemory_HasTheBitsOfPlainMemory(string name) => Gen.Select(Shapes, Gen.ULong).ForCases(12, drawn =>
    {
        var (shape, key) = drawn;
        var drawnCase = OperatorCases.All[name](shape, new Randomness(key));
        var inputs = drawnCase.Draw(key);
        Assert.Equal(Bits(Device.Managed, inputs, () => drawnCase.Function(inputs)), Bits(Fenced, inputs, () => drawnCase.Function(inputs)));
    });

    [Theory]
    [InlineData(2, 33, 40, 4)]
    [InlineData(1, 16, 64, 2)]
    [InlineData(3, 70, 48, 3)]
    public void Transformer_InFencedMemory_HasTheBitsOfPlainMemory(int batch, int tokens, int width, int heads)
    {
        var inputs = new OracleInputs(3, new Shape(batch, tokens, width));
        var random = new Randomness(5);
        var block = new TransformerBlock(inputs.Parameters, "block", new() { Width = width, Heads = heads, IsCausal = true, RotaryBase = 100 }, ref random);
        Assert.Equal(Bits(Device.Managed, inputs, () => block.Forward(inputs[0])), Bits(Fenced, inputs, () => block.Forward(inputs[0])));
    }

    [Theory]
    [InlineData(3, 13, 11, 16, 24, 1, 1)]
    [InlineData(9, 8, 9, 6, 10, 2, 2)]
    [InlineData(2, 10, 10, 33, 33, 33, 1)]
    public void Convolution_InFencedMemory_HasTheBitsOfPlainMemory(int images, int height, int width, int channels, int outputs, int groups, int stride)
    {
        var inputs = new OracleInputs(4, new Shape(images, height, width, channels), new Shape(3, 3, channels / groups, outputs), new Shape(outputs));
        Tensor Function() => inputs[0].Convolve(inputs[1], inputs[2], stride, padding: 1, groups);
        Assert.Equal(Bits(Device.Managed, inputs, Function), Bits(Fenced, inputs, Function));
    }

    [Fact]
    public unsafe void Reset_AfterAWriteBehindTheSlack_Throws()
    {
        using var arena = new Arena(kind: ArenaKind.Fenced);
        arena.Take(5)[5 + Arena.Slack - 1] = 1;
        arena.Reset();
        arena.Take(16)[16 + Arena.Slack] = 1;
        Assert.Throws<InvalidOperationException>(arena.Reset);
    }

    [Fact]
    public unsafe void Release_AfterAWriteBehindTheSlack_Throws()
    {
        using var arena = new Arena(kind: ArenaKind.Fenced);
        arena.Take(16);
        var mark = arena.Mark;
        arena.Take(16)[16 + Arena.Slack + 3] = 1;
        Assert.Throws<InvalidOperationException>(() => arena.Release(mark));
    }

    private static int[] Bits(Device device, OracleInputs inputs, Func<Tensor> function)
    {
        int[] bits;
        using (Step.Begin(device))
        {
            inputs.Parameters.ClearGradients();
            var result = function();
            Backends.Backward(result.Square().Sum(), inputs.Parameters);
            bits = [.. Backends.Values(result).Concat(inputs.Parameters.Gradients.ToArray()).Select(BitConverter.SingleToInt32Bits)];
        }
        return bits;
    }

    private static int[] Limited(int[] shape, int most)
    {
        while (shape.Aggregate(1L, (count, extent) => count * extent) > most) shape[Array.IndexOf(shape, shape.Max())] /= 2;
        return shape;
    }
}
