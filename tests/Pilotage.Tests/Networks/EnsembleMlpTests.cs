using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class EnsembleMlpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_Rows_AgreesWithTheReference(bool shared)
    {
        var network = new NetworkCase();
        var x = shared ? network.Input("x", 4, 3) : network.Input("x", 2, 4, 3);
        var ensemble = new EnsembleMlp(network.Parameters, "q", 2, 3, [8, 5], 2, Activation.Tanh, 1, ref network.Random);
        network.Check(() => ensemble.Forward(Tensor.Of(x)));
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    public void Forward_EveryMember_IsTheMlpOfTheSameWeights(Activation activation)
    {
        var (network, single) = (new NetworkCase(), new NetworkCase());
        var ensemble = new EnsembleMlp(network.Parameters, "q", 3, 5, [33, 16], 2, activation, 1, ref network.Random);
        var mlp = new Mlp(single.Parameters, "q", 5, [33, 16], 2, activation, 1, ref single.Random);
        network.Disturb();
        var x = Enumerable.Range(0, 35).Select(i => MathF.Sin(i)).ToArray();
        var together = NetworkCase.Values(() => ensemble.Forward(Tensor.From(x, 7, 5)));
        for (var member = 0; member < 3; member++)
        {
            foreach (var (whole, own) in network.Parameters.All.Zip(single.Parameters.All)) whole.Values.Slice(member * own.Shape.Count, own.Shape.Count).CopyTo(own.Values);
            var alone = NetworkCase.Values(() => mlp.Forward(Tensor.From(x, 7, 5)));
            Assert.Equal(alone, together[(member * alone.Length)..((member + 1) * alone.Length)]);
        }
    }

    [Fact]
    public void Forward_Normalized_AgreesWithTheReference()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 4, 3);
        var ensemble = new EnsembleMlp(network.Parameters, "q", 2, 3, [8, 5], 2, Activation.Relu, 1, ref network.Random, isNormalized: true);
        network.Check(() => ensemble.Forward(Tensor.Of(x)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void ForwardWithDropout_Normalized_IsTheMlpWithItsNormsAndDropout(float dropout)
    {
        var (network, single) = (new NetworkCase(), new NetworkCase());
        var ensemble = new EnsembleMlp(network.Parameters, "q", 1, 5, [33, 16], 2, Activation.Relu, 1, ref network.Random, isNormalized: true, dropout);
        var mlp = new Mlp(single.Parameters, "q", 5, [33, 16], 2, Activation.Relu, 1, ref single.Random, Normalization.Layer, dropout);
        network.Disturb();
        foreach (var (one, other) in network.Parameters.All.Zip(single.Parameters.All))
        {
            Assert.Equal(other.Name, one.Name);
            one.Values.CopyTo(other.Values);
        }
        var x = Enumerable.Range(0, 35).Select(i => MathF.Sin(i)).ToArray();
        var (random, same) = (new Randomness(9), new Randomness(9));
        var together = NetworkCase.Values(() => ensemble.ForwardWithDropout(Tensor.From(x, 7, 5), ref random));
        var alone = NetworkCase.Values(() => mlp.ForwardWithDropout(Tensor.From(x, 7, 5), ref same));

        Assert.Equal(alone.Length, together.Length);
        for (var i = 0; i < alone.Length; i++) Assert.Equal(alone[i], together[i], 1e-5f);
        Assert.Equal(dropout == 0 ? 0UL : 2UL, random.Counter);                           // one key for each hidden layer
        if (dropout > 0) Assert.NotEqual(NetworkCase.Values(() => ensemble.Forward(Tensor.From(x, 7, 5))), together);
    }

    [Fact]
    public void Forward_LossOfOneMember_LeavesTheOthersAlone()
    {
        var network = new NetworkCase();
        var ensemble = new EnsembleMlp(network.Parameters, "q", 2, 3, [4], 1, Activation.Tanh, 1, ref network.Random);
        foreach (var weight in network.Parameters.All)
        {
            var gradient = network.GradientOf(weight, () => ensemble.Forward(Tensor.Filled(1, 5, 3)).Slice(0, 1, 1));
            Assert.All(gradient[..(gradient.Length / 2)], value => Assert.Equal(0, value));
            Assert.Contains(gradient[(gradient.Length / 2)..], value => value != 0);
        }
    }

    [Fact]
    public void Constructor_Members_AreDrawnApartAndOrthogonal()
    {
        var network = new NetworkCase();
        _ = new EnsembleMlp(network.Parameters, "q", 2, 4, [8], 1, Activation.Tanh, 0.01, ref network.Random);
        var weight = network.Parameters.All[0].Values.ToArray();

        Assert.NotEqual(weight[..32], weight[32..]);
        for (var member = 0; member < 2; member++)
            for (var i = 0; i < 4; i++)
                for (var j = 0; j < 4; j++)
                    Assert.Equal(i == j ? 2 : 0, Enumerable.Range(0, 8).Sum(k => weight[32 * member + 8 * i + k] * weight[32 * member + 8 * j + k]), 1e-5f);
        for (var member = 0; member < 2; member++)
            Assert.Equal(1e-4f, network.Parameters.All[2].Values.Slice(8 * member, 8).ToArray().Sum(w => w * w), 1e-9f);
    }

    [Fact]
    public void Forward_WrongShape_NamesNetworkAndShapes()
    {
        var network = new NetworkCase();
        var ensemble = new EnsembleMlp(network.Parameters, "twins", 2, 3, [4], 1, Activation.Tanh, 1, ref network.Random);
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => ensemble.Forward(Tensor.Filled(0, 3, 7, 3)));
        Assert.StartsWith("EnsembleMlp twins: input [3, 7, 3] does not fit; wanted [rows, 3] or [2, rows, 3].", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ForwardMember_OneMember_HasItsBitsAndItsGradient(int member)
    {
        var network = new NetworkCase();
        var ensemble = new EnsembleMlp(network.Parameters, "q", 3, 5, [33, 16], 2, Activation.Tanh, 1, ref network.Random);
        network.Disturb();
        var x = Enumerable.Range(0, 35).Select(i => MathF.Sin(i)).ToArray();
        var together = NetworkCase.Values(() => ensemble.Forward(Tensor.From(x, 7, 5)));
        var alone = NetworkCase.Values(() => ensemble.ForwardMember(member, Tensor.From(x, 7, 5)));
        Assert.Equal(together[(member * alone.Length)..((member + 1) * alone.Length)], alone);
        foreach (var weight in network.Parameters.All)
            Assert.Equal(
                network.GradientOf(weight, () => ensemble.Forward(Tensor.From(x, 7, 5)).Slice(0, member, 1).Square()),
                network.GradientOf(weight, () => ensemble.ForwardMember(member, Tensor.From(x, 7, 5)).Square()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void ForwardMember_NoSuchMember_IsRefused(int member)
    {
        var network = new NetworkCase();
        var ensemble = new EnsembleMlp(network.Parameters, "q", 2, 3, [4], 1, Activation.Tanh, 1, ref network.Random);
        using var step = Step.Begin();
        Assert.Throws<ArgumentOutOfRangeException>(() => { using var inner = Step.Begin(); ensemble.ForwardMember(member, Tensor.Filled(1, 5, 3)); });
    }
}
