using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class MlpTests
{
    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Layer)]
    [InlineData(Normalization.RootMeanSquare)]
    public void Forward_Rows_AgreesWithTheReference(Normalization normalization)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 6, 5);
        var mlp = new Mlp(network.Parameters, "q", 5, [7, 8], 3, Activation.Tanh, 1, ref network.Random, normalization, outputActivation: Activation.Sigmoid);
        network.Check(() => mlp.Forward(Tensor.Of(x)));
    }

    [Fact]
    public void ForwardWithDropout_Rows_AgreesWithTheReference()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 6, 5);
        var mlp = new Mlp(network.Parameters, "q", 5, [16, 16], 3, Activation.Silu, 1, ref network.Random, Normalization.Layer, dropout: 0.4f);
        network.Check(() =>
        {
            var random = new Randomness(3);
            return mlp.ForwardWithDropout(Tensor.Of(x), ref random);
        });
    }

    [Fact]
    public void ForwardWithDropout_ManyUnits_DropsWhileTrainingOnlyAndKeepsTheMean()
    {
        var network = new NetworkCase();
        var mlp = new Mlp(network.Parameters, "q", 1, [4096], 1, Activation.None, 1, ref network.Random, dropout: 0.25f);
        network.Parameters.All[0].Values.Fill(1);
        network.Parameters.All[2].Values.Fill(1);
        var random = new Randomness(5);
        float Trained() => NetworkCase.Values(() => mlp.ForwardWithDropout(Tensor.Filled(1, 1, 1), ref random))[0];
        var (first, second) = (Trained(), Trained());

        Assert.Equal(4096, NetworkCase.Values(() => mlp.Forward(Tensor.Filled(1, 1, 1)))[0], 1e-1f);
        Assert.NotEqual(first, second);
        // 4096 numbers of 0 or 4/3: the deviation of their sum is sqrt(4096 / 3); four of them.
        Assert.Equal(4096, first, 4 * MathF.Sqrt(4096f / 3));
    }

    [Fact]
    public void ForwardWithDropout_WithoutRate_IsTheSameInBothFormsAndDrawsNothing()
    {
        var network = new NetworkCase();
        var mlp = new Mlp(network.Parameters, "q", 3, [8], 2, Activation.Relu, 1, ref network.Random, Normalization.Layer);
        var random = new Randomness(5);
        float[] x = [0.1f, -2, 3];

        Assert.Equal(NetworkCase.Values(() => mlp.Forward(Tensor.From(x, 1, 3))), NetworkCase.Values(() => mlp.ForwardWithDropout(Tensor.From(x, 1, 3), ref random)));
        Assert.Equal(0ul, random.Counter);
    }

    [Fact]
    public void Constructor_Normalised_NamesItsParametersAndKeepsTheWeightsOfThePlainOne()
    {
        var (plain, normal) = (new NetworkCase(), new NetworkCase());
        _ = new Mlp(plain.Parameters, "q", 3, [8], 2, Activation.Relu, 1, ref plain.Random);
        _ = new Mlp(normal.Parameters, "q", 3, [8], 2, Activation.Relu, 1, ref normal.Random, Normalization.Layer);

        Assert.Equal(["q.0.weight", "q.0.bias", "q.1.weight", "q.1.bias"], plain.Parameters.All.Select(p => p.Name));
        Assert.Equal(["q.0.weight", "q.0.bias", "q.0.norm.gain", "q.0.norm.shift", "q.1.weight", "q.1.bias"], normal.Parameters.All.Select(p => p.Name));
        Assert.Equal(plain.Parameters.All[2].Values.ToArray(), normal.Parameters.All[4].Values.ToArray());
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Constructor_ImpossibleDropout_IsRefused(float rate)
    {
        var network = new NetworkCase();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Mlp(network.Parameters, "q", 3, [8], 2, Activation.Relu, 1, ref network.Random, dropout: rate));
        Assert.Contains("Mlp q: the dropout rate is", error.Message, StringComparison.Ordinal);
    }
}
