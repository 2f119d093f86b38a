using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class MultiHeadAttentionTests
{
    // Two sequences of four tokens; the second has two.
    private static readonly bool[] Visible = [true, true, true, true, true, true, false, false];

    [Theory]
    [InlineData(4, false, false)]
    [InlineData(2, true, true)]
    [InlineData(1, true, false)]
    [InlineData(4, false, true)]
    public void Forward_Tokens_AgreesWithTheReference(int keyHeads, bool isCausal, bool isRotary)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 16);
        var attention = new MultiHeadAttention(network.Parameters, "attention", 16, 4, ref network.Random, keyHeads, isCausal, isRotary ? 100 : null);
        network.Check(() => attention.Forward(Tensor.Of(x), Mask.From(Visible, 2, 1, 4), firstPosition: 3));
    }

    [Fact]
    public void ForwardTo_Context_AgreesWithTheReference()
    {
        var network = new NetworkCase();
        var (x, context) = (network.Input("x", 2, 3, 8), network.Input("context", 2, 4, 8));
        var attention = new MultiHeadAttention(network.Parameters, "attention", 8, 2, ref network.Random, scale: 1, biases: BiasPlaces.None);
        network.Check(() => attention.ForwardTo(Tensor.Of(context), Tensor.Of(x), Mask.From(Visible, 2, 1, 4)));
    }

    [Fact]
    public void Forward_WithoutPositions_FollowsTheTokensOrder()
    {
        var network = new NetworkCase();
        var attention = new MultiHeadAttention(network.Parameters, "attention", 8, 2, ref network.Random);
        network.Disturb();
        var x = Enumerable.Range(0, 32).Select(i => MathF.Sin(i)).ToArray();
        int[] order = [2, 0, 3, 1];
        var plain = NetworkCase.Values(() => attention.Forward(Tensor.From(x, 1, 4, 8)));
        var permuted = NetworkCase.Values(() => attention.Forward(Tensor.From([.. order.SelectMany(i => x[(8 * i)..(8 * i + 8)])], 1, 4, 8)));
        for (var i = 0; i < 4; i++)
            for (var k = 0; k < 8; k++) Assert.Equal(plain[8 * order[i] + k], permuted[8 * i + k], 2e-6f);
    }

    [Fact]
    public void Forward_Rotary_LooksAtDistancesAlone()
    {
        var network = new NetworkCase();
        var attention = new MultiHeadAttention(network.Parameters, "attention", 8, 2, ref network.Random, isCausal: true, rotaryBase: 100);
        network.Disturb();
        var x = Enumerable.Range(0, 32).Select(i => MathF.Sin(i)).ToArray();
        var here = NetworkCase.Values(() => attention.Forward(Tensor.From(x, 1, 4, 8)));
        var there = NetworkCase.Values(() => attention.Forward(Tensor.From(x, 1, 4, 8), firstPosition: 50));
        foreach (var (a, b) in here.Zip(there)) Assert.Equal(a, b, 1e-5f);
    }

    [Fact]
    public void Attend_KeptKeysAndValues_AreThoseOfTheWholeSequence()
    {
        var network = new NetworkCase();
        var attention = new MultiHeadAttention(network.Parameters, "attention", 16, 4, ref network.Random, keyHeads: 2, isCausal: true, rotaryBase: 100);
        network.Disturb();
        var x = Enumerable.Range(0, 80).Select(i => MathF.Sin(i)).ToArray();
        using var step = Step.Begin(gradient: Gradient.None);
        var tokens = Tensor.From(x, 1, 5, 16);
        var whole = Backends.Values(attention.Forward(tokens).Slice(1, 4, 1));
        var (key, value) = attention.KeysAndValues(tokens.Slice(1, 0, 4));
        var last = tokens.Slice(1, 4, 1);
        var (newKey, newValue) = attention.KeysAndValues(last, firstPosition: 4);
        var grown = attention.Attend(attention.Queries(last, firstPosition: 4), Tensor.Concat(1, key, newKey), Tensor.Concat(1, value, newValue));

        foreach (var (a, b) in whole.Zip(Backends.Values(grown))) Assert.Equal(a, b, 1e-6f);
    }

    [Fact]
    public void Constructor_Parameters_AreNamedAndOfTheDeviation()
    {
        var network = new NetworkCase();
        _ = new MultiHeadAttention(network.Parameters, "a", 64, 8, ref network.Random, keyHeads: 2, outputScale: 0.5);
        Assert.Equal(
            ["a.query.weight", "a.query.bias", "a.key.weight", "a.key.bias", "a.value.weight", "a.value.bias", "a.output.weight", "a.output.bias"],
            network.Parameters.All.Select(p => p.Name));
        Assert.Equal(new Shape(64, 16), network.Parameters.All[2].Shape);
        NetworkCase.AssertMoments(network.Parameters.All[0].Values, 0, Math.Sqrt(2.0 / 320));
        NetworkCase.AssertMoments(network.Parameters.All[6].Values, 0, 0.5 * Math.Sqrt(2.0 / 320));
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var made = Assert.Throws<ArgumentException>(() => new MultiHeadAttention(network.Parameters, "a", 12, 4, ref network.Random, keyHeads: 3));
        Assert.StartsWith("MultiHeadAttention a: width 12, 4 heads, 3 key heads do not fit; wanted a width that the heads divide, heads that the key heads divide.", made.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MultiHeadAttention(network.Parameters, "a", 12, 4, ref network.Random, rotaryBase: 100));
        var causal = new MultiHeadAttention(network.Parameters, "a", 8, 4, ref network.Random, isCausal: true);
        using var step = Step.Begin();
        var shape = Assert.Throws<ArgumentException>(() => causal.Forward(Tensor.Filled(0, 2, 8)));
        Assert.StartsWith("MultiHeadAttention a: tokens [2, 8] do not fit; wanted [batch, tokens, 8].", shape.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => causal.ForwardTo(Tensor.Filled(0, 1, 2, 8), Tensor.Filled(0, 1, 2, 8)));
    }
}
