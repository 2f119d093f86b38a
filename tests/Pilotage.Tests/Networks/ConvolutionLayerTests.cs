using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class ConvolutionLayerTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 2)]
    public void Forward_Images_AgreesWithTheReference(int stride, int padding, int groups)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 5, 6, 4);
        var layer = new ConvolutionLayer(network.Parameters, "eye", 4, 6, window: 3, ref network.Random, stride, padding, groups, Activation.Tanh);
        network.Check(() => layer.Forward(Tensor.Of(x)));
        Assert.Equal(2 * layer.SizeAfter(5) * layer.SizeAfter(6) * 6, NetworkCase.Values(() => layer.Forward(Tensor.Of(x))).Length);
    }

    [Fact]
    public void Constructor_Weight_HasEqualGainForEveryChannelOut()
    {
        var network = new NetworkCase();
        _ = new ConvolutionLayer(network.Parameters, "eye", 4, 8, window: 3, ref network.Random);
        var weight = network.Parameters.All[0].Values.ToArray();

        // 36 numbers in, 8 out: the columns are orthogonal with squared length 2.
        for (var a = 0; a < 8; a++)
            for (var b = 0; b < 8; b++) Assert.Equal(a == b ? 2 : 0, Enumerable.Range(0, 36).Sum(i => weight[8 * i + a] * weight[8 * i + b]), 1e-5f);
        Assert.All(network.Parameters.All[1].Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(84, 8, 4, 0, 20)]
    [InlineData(7, 3, 2, 1, 4)]
    [InlineData(2, 3, 1, 0, 0)]
    public void SizeAfter_Extent_IsTheNumberOfWindows(int extent, int window, int stride, int padding, int expected)
    {
        var network = new NetworkCase();
        Assert.Equal(expected, new ConvolutionLayer(network.Parameters, "eye", 1, 1, window, ref network.Random, stride, padding).SizeAfter(extent));
    }

    [Fact]
    public void Functions_WrongShapes_NameLayerAndShapes()
    {
        var network = new NetworkCase();
        var groups = Assert.Throws<ArgumentException>(() => new ConvolutionLayer(network.Parameters, "eye", 3, 4, window: 3, ref network.Random, groups: 2));
        Assert.StartsWith("ConvolutionLayer eye: 2 groups do not divide 3 channels in and 4 out.", groups.Message, StringComparison.Ordinal);
        var layer = new ConvolutionLayer(network.Parameters, "eye", 3, 4, window: 3, ref network.Random);
        using var step = Step.Begin();
        var shape = Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Filled(0, 1, 2, 8, 3)));
        Assert.StartsWith("ConvolutionLayer eye: input [1, 2, 8, 3] does not fit; wanted [images, height, width, 3], height and width at least 3.", shape.Message, StringComparison.Ordinal);
    }
}
