using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Tests.Distributions;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class TransformerBlockTests
{
    private static readonly bool[] Visible = [true, true, true, true, true, true, false, false];

    private static readonly TransformerSettings Small = new() { Width = 8, Heads = 2, HiddenWidth = 12 };

    public static TheoryData<TransformerSettings> Kinds =>
    [
        Small,
        Small with { Normalization = Normalization.RootMeanSquare, FeedForward = FeedForward.GatedSilu, IsCausal = true, RotaryBase = 100, KeyHeads = 1, Biases = BiasPlaces.None },
        Small with { Normalization = Normalization.None, FeedForward = FeedForward.Relu, HasResidualGates = true, AttentionScale = 1 },
        Small with { IsCheckpointed = true, Dropout = 0.3f },
    ];

    [Theory, MemberData(nameof(Kinds))]
    public void Forward_Tokens_AgreesWithTheReference(TransformerSettings settings)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 8);
        var block = new TransformerBlock(network.Parameters, "block", settings, ref network.Random);
        network.Check(() =>
        {
            var random = new Randomness(4);
            return block.ForwardWithDropout(Tensor.Of(x), ref random, Mask.From(Visible, 2, 1, 4));
        }, maximumDifferences: 96);
    }

    [Fact]
    public void Forward_Causal_DoesNotSeeWhatComesAfter()
    {
        var network = new NetworkCase();
        var block = new TransformerBlock(network.Parameters, "block", new() { Width = 32, Heads = 4, IsCausal = true, RotaryBase = 10_000 }, ref network.Random);
        network.Disturb();
        var x = Enumerable.Range(0, 2 * 9 * 32).Select(i => MathF.Sin(i)).ToArray();
        var plain = NetworkCase.Values(() => block.Forward(Tensor.From(x, 2, 9, 32)));
        for (var changed = 1; changed < 9; changed++)
        {
            var other = x.ToArray();
            for (var batch = 0; batch < 2; batch++)
                for (var i = changed * 32; i < 9 * 32; i++) other[batch * 9 * 32 + i] = 3 - i;
            var result = NetworkCase.Values(() => block.Forward(Tensor.From(other, 2, 9, 32)));
            for (var batch = 0; batch < 2; batch++)
            {
                var (start, end) = (batch * 9 * 32, batch * 9 * 32 + changed * 32);
                Assert.Equal(plain[start..end], result[start..end]);
                Assert.NotEqual(plain[end..(end + 32)], result[end..(end + 32)]);
            }
        }
    }

    [Fact]
    public void Forward_HiddenTokens_DoNotReachTheOthers()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 8);
        var block = new TransformerBlock(network.Parameters, "block", Small, ref network.Random);
        network.Disturb();
        var gradient = network.GradientOf(x, () => block.Forward(Tensor.Of(x), Mask.From(Visible, 2, 1, 4)).Slice(1, 0, 2));
        Assert.DoesNotContain(0f, gradient[..48]);
        Assert.All(gradient[48..], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_Checkpointed_HasTheBitsOfThePlainBlock(bool masked)
    {
        var (plain, saving) = (new NetworkCase(), new NetworkCase());
        var settings = Small with { Dropout = 0.2f };
        var (x, y) = (plain.Input("x", 2, 4, 8), saving.Input("x", 2, 4, 8));
        var first = new TransformerBlock(plain.Parameters, "block", settings, ref plain.Random);
        var second = new TransformerBlock(saving.Parameters, "block", settings with { IsCheckpointed = true }, ref saving.Random);
        Tensor Run(TransformerBlock block, Parameter input)
        {
            var random = new Randomness(6);
            var visible = masked ? Mask.From(Visible, 2, 1, 4) : default;
            return block.ForwardWithDropout(block.ForwardWithDropout(Tensor.Of(input), ref random, visible), ref random, visible).Square();
        }

        Assert.Equal(NetworkCase.Values(() => Run(first, x)), NetworkCase.Values(() => Run(second, y)));
        plain.GradientOf(x, () => Run(first, x));
        saving.GradientOf(y, () => Run(second, y));
        Assert.Equal(plain.Parameters.Gradients.ToArray(), saving.Parameters.Gradients.ToArray());
    }

    [Fact]
    public void Forward_ResidualGates_BeginAsTheIdentity()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 1, 3, 8);
        var block = new TransformerBlock(network.Parameters, "block", Small with { HasResidualGates = true, Normalization = Normalization.None }, ref network.Random);
        Assert.Equal(x.Values.ToArray(), NetworkCase.Values(() => block.Forward(Tensor.Of(x))));
        Assert.Contains(network.GradientOf(network.Parameters.All[^1], () => block.Forward(Tensor.Of(x))), value => value != 0);
    }

    [Fact]
    public void Forward_Dropout_DropsTheTwoPartsApart()
    {
        var network = new NetworkCase();
        var block = new TransformerBlock(network.Parameters, "b", Small with { Dropout = 0.5f }, ref network.Random);
        network.Parameters.Values.Clear();
        foreach (var parameter in network.Parameters.All.Where(p => p.Name is "b.attention.output.bias" or "b.down.bias")) parameter.Values.Fill(1);
        var random = new Randomness(2);

        // Each part gives 1 everywhere: dropped or doubled, so 0, 2 or 4 in the proportions of two coins.
        var y = NetworkCase.Values(() => block.ForwardWithDropout(Tensor.Filled(0, 20, 20, 8), ref random));
        Frequencies.AssertFollow([0.25, 0.5, 0.25], [y.Count(v => v == 0), y.Count(v => v == 2), y.Count(v => v == 4)]);
        Assert.Equal(1ul, random.Counter);
    }

    [Fact]
    public void ForwardTokens_AfterAttention_IsTheBlock()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 1, 3, 8);
        var block = new TransformerBlock(network.Parameters, "block", Small with { Normalization = Normalization.None }, ref network.Random);
        network.Disturb();
        Assert.Equal(
            NetworkCase.Values(() => block.Forward(Tensor.Of(x))),
            NetworkCase.Values(() => block.ForwardTokens(Tensor.Of(x) + block.Attention.Forward(Tensor.Of(x)))));
    }

    [Fact]
    public void Constructor_Parameters_AreNamedAndSmallerByTheDepth()
    {
        var network = new NetworkCase();
        _ = new TransformerBlock(network.Parameters, "b", new() { Width = 64, Heads = 4, FeedForward = FeedForward.GatedSilu, Normalization = Normalization.RootMeanSquare, Biases = BiasPlaces.None, Depth = 8 }, ref network.Random);
        Assert.Equal(
            ["b.attention_norm.gain", "b.attention.query.weight", "b.attention.key.weight", "b.attention.value.weight", "b.attention.output.weight",
                "b.forward_norm.gain", "b.gate.weight", "b.up.weight", "b.down.weight"],
            network.Parameters.All.Select(p => p.Name));
        Assert.Equal(new Shape(64, 171), network.Parameters.All[7].Shape);
        NetworkCase.AssertMoments(network.Parameters.All[4].Values, 0, Math.Sqrt(2.0 / 320) / 4);
        NetworkCase.AssertMoments(network.Parameters.All[7].Values, 0, Math.Sqrt(2.0 / 320));
        NetworkCase.AssertMoments(network.Parameters.All[8].Values, 0, Math.Sqrt(2.0 / 855) / 4);
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var made = Assert.Throws<ArgumentException>(() => new TransformerBlock(network.Parameters, "block", Small with { Dropout = 1 }, ref network.Random));
        Assert.StartsWith("TransformerBlock block: hidden width 12, depth 1, dropout 1 do not fit", made.Message, StringComparison.Ordinal);
        var block = new TransformerBlock(network.Parameters, "block", Small, ref network.Random);
        using var step = Step.Begin();
        var shape = Assert.Throws<ArgumentException>(() => block.Forward(Tensor.Filled(0, 2, 3, 7)));
        Assert.StartsWith("TransformerBlock block: input [2, 3, 7] does not fit; wanted [batch, tokens, 8].", shape.Message, StringComparison.Ordinal);
    }
}
