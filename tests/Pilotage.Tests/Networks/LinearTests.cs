using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class LinearTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_Rows_AgreesWithTheReference(bool hasBias)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 5, 3);
        var layer = new Linear(network.Parameters, "out", 3, 4, ref network.Random, activation: Activation.Silu, hasBias: hasBias);

        Assert.Equal(hasBias, layer.Bias is not null);
        network.Check(() => layer.Forward(Tensor.Of(x)));
    }

    [Fact]
    public void Forward_WrongInput_NamesLayerAndShapes()
    {
        var network = new NetworkCase();
        var layer = new Linear(network.Parameters, "head", 3, 4, ref network.Random);
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Filled(0, 2, 5)));
        Assert.Contains("input [2, 5], weight head.weight [3, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoInitializer_GivesAnOrthonormalWeightAndAZeroBias()
    {
        var network = new NetworkCase();
        var layer = new Linear(network.Parameters, "out", 3, 8, ref network.Random);
        var weight = layer.Weight.Values.ToArray();
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, 8).Sum(k => weight[8 * i + k] * weight[8 * j + k]), 1e-5f);
        Assert.All(layer.Bias!.Values.ToArray(), value => Assert.Equal(0, value));
    }
}
