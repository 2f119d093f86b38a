using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class ConvolutionalEncoderTests
{
    [Fact]
    public void Forward_Images_AgreesWithTheReference()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 6, 5, 2);
        var encoder = new ConvolutionalEncoder(network.Parameters, "eye", 6, 5, 2, [new(4, Window: 3, Stride: 2, Padding: 1, ResidualBlocks: 1), new(3, Window: 2)], ref network.Random, Normalization.Layer);
        network.Check(() => encoder.Forward(Tensor.Of(x)));
    }

    [Fact]
    public void Forward_FlatRows_AreTheSameImages()
    {
        var network = new NetworkCase();
        var encoder = new ConvolutionalEncoder(network.Parameters, "eye", 4, 4, 2, [new(3, Window: 3)], ref network.Random);
        var x = Enumerable.Range(0, 64).Select(i => MathF.Sin(i)).ToArray();

        Assert.Equal(2 * 2 * 3, encoder.OutputSize);
        Assert.Equal(NetworkCase.Values(() => encoder.Forward(Tensor.From(x, 2, 4, 4, 2))), NetworkCase.Values(() => encoder.Forward(Tensor.From(x, 2, 32))));
    }

    [Fact]
    public void Constructor_Atari_HasTheSizesOfThePaper()
    {
        var network = new NetworkCase();
        var encoder = new ConvolutionalEncoder(network.Parameters, "eye", 84, 84, 4, ConvolutionalEncoder.Atari, ref network.Random);
        Assert.Equal(3136, encoder.OutputSize);
        Assert.Equal(8 * 8 * 4 * 32 + 32 + 4 * 4 * 32 * 64 + 64 + 3 * 3 * 64 * 64 + 64, network.Parameters.Count);
    }

    [Fact]
    public void Constructor_GridWithResidualBlocks_HasAsManyParametersAsPublished()
    {
        // A published grid encoder: 3 by 3 from 2 to 64 channels, eight residual blocks, 11 by 11 cells kept: 592,064 numbers.
        var network = new NetworkCase();
        var encoder = new ConvolutionalEncoder(network.Parameters, "eye", 11, 11, 2, [new(64, Window: 3, Padding: 1, ResidualBlocks: 8)], ref network.Random);
        Assert.Equal(7744, encoder.OutputSize);
        Assert.Equal(1_216 + 8 * 2 * 36_928, network.Parameters.Count);
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var stages = Assert.Throws<ArgumentException>(() => new ConvolutionalEncoder(network.Parameters, "eye", 6, 6, 1, [new(4, Window: 4, Stride: 2), new(4, Window: 3)], ref network.Random));
        Assert.StartsWith("ConvolutionalEncoder eye: the window 3 of stage 1 is larger than the 2 by 2 that reach it with padding 0.", stages.Message, StringComparison.Ordinal);
        var encoder = new ConvolutionalEncoder(network.Parameters, "other", 6, 6, 1, [new(4, Window: 4)], ref network.Random);
        using var step = Step.Begin();
        var shape = Assert.Throws<ArgumentException>(() => encoder.Forward(Tensor.Filled(0, 2, 35)));
        Assert.StartsWith("ConvolutionalEncoder other: input [2, 35] does not fit; wanted [images, 6, 6, 1] or [images, 36].", shape.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => encoder.Forward(Tensor.Filled(0, 2, 6, 6, 2)));
    }
}
