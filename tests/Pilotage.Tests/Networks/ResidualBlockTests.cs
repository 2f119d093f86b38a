using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class ResidualBlockTests
{
    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Layer)]
    [InlineData(Normalization.RootMeanSquare)]
    public void Forward_Images_AgreesWithTheReference(Normalization normalization)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 3, 4);
        var block = new ResidualBlock(network.Parameters, "block", 4, ref network.Random, normalization);
        network.Check(() => block.Forward(Tensor.Of(x)));
    }

    [Fact]
    public void Forward_NewBlock_IsTheIdentityThatLearns()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 1, 4, 4, 2);
        var block = new ResidualBlock(network.Parameters, "block", 2, ref network.Random);

        Assert.Equal(x.Values.ToArray(), NetworkCase.Values(() => block.Forward(Tensor.Of(x))));
        Assert.Equal("block.second.weight", network.Parameters.All[3].Name);
        Assert.Contains(network.GradientOf(network.Parameters.All[3], () => block.Forward(Tensor.Of(x))), value => value != 0);
    }
}
