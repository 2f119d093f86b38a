using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class NormTests
{
    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Layer)]
    [InlineData(Normalization.RootMeanSquare)]
    public void Forward_Rows_AgreesWithTheReference(Normalization kind)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 3, 7);
        var norm = new Norm(network.Parameters, "norm", kind, 7, ref network.Random);
        network.Check(() => norm.Forward(Tensor.Of(x)));
    }

    [Fact]
    public void Forward_NewNorm_IsAPureNormalisation()
    {
        var network = new NetworkCase();
        var (layer, root) = (new Norm(network.Parameters, "a", Normalization.Layer, 2, ref network.Random), new Norm(network.Parameters, "b", Normalization.RootMeanSquare, 2, ref network.Random));

        // (1, 7): mean 4 and deviation 3; mean square 25.
        Assert.Equal([-1, 1], NetworkCase.Values(() => layer.Forward(Tensor.From([1, 7], 1, 2))).Select(v => MathF.Round(v, 5)));
        Assert.Equal([0.2f, 1.4f], NetworkCase.Values(() => root.Forward(Tensor.From([1, 7], 1, 2))).Select(v => MathF.Round(v, 5)));
        Assert.Equal(0ul, network.Random.Counter);
    }
}
