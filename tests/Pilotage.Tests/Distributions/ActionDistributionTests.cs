using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class ActionDistributionTests
{
    private static readonly int[] Counts = [2, 3];
    private static readonly bool[] Legal = [true, true, true, false, true, false, true, true, true, true];
    private static readonly int[] Chosen = [1, 2, 1, 0];
    private static readonly float[] Points = [0.3f, -1, 2, 0.1f];

    [Fact]
    public void FromBoth_LogProbability_IsTheSumOfBothParts()
    {
        using var step = Step.Begin();
        var (logits, mean, deviation) = (Tensor.From([.. Frequencies.Normals(1, 10)], 2, 5), Tensor.From([.. Frequencies.Normals(2, 4)], 2, 2), Tensor.From([0.2f, -0.4f], 2));
        var (mask, indices, points) = (Mask.From(Legal, 2, 5), Indices.From(Chosen, 2, 2), Tensor.From(Points, 2, 2));
        var both = ActionDistribution.FromBoth(logits, Counts, mask, mean, deviation);
        var (choices, gaussian) = (ActionDistribution.FromChoices(logits, Counts, mask), ActionDistribution.FromMoments(mean, deviation));

        var parts = Backends.Values(choices.LogProbability(indices, default)).Zip(Backends.Values(gaussian.LogProbability(default, points)), (a, b) => a + b);
        Assert.Equal(parts, Backends.Values(both.LogProbability(indices, points)));
        Assert.Equal(choices.MeanEntropy().Item() + gaussian.MeanEntropy().Item(), both.MeanEntropy().Item(), 1e-5f);
        Assert.Equal(Backends.Values(choices.LogProbabilities), Backends.Values(both.LogProbabilities));
        Assert.Equal(Backends.Values(mean), Backends.Values(both.Mean));
    }

    [Fact]
    public void FromBoth_LogProbabilityAndEntropy_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(5, -1, 1, new Shape(2, 5), new Shape(2, 2), new Shape(2));
        Oracle.Check(() =>
        {
            var both = ActionDistribution.FromBoth(inputs[0], Counts, Mask.From(Legal, 2, 5), inputs[1], inputs[2]);
            return both.LogProbability(Indices.From(Chosen, 2, 2), Tensor.From(Points, 2, 2)).Sum() + 0.3f * both.MeanEntropy();
        }, inputs.Parameters);
    }

    [Fact]
    public void Parts_ThatADistributionLacks_AreRefused()
    {
        using var step = Step.Begin();
        Assert.Equal("A categorical distribution has no mean.", Assert.Throws<InvalidOperationException>(() => ActionDistribution.FromLogits(Tensor.From([1, 2], 1, 2)).Mean).Message);
        Assert.Equal("A categorical distribution has no deviation.", Assert.Throws<InvalidOperationException>(() => ActionDistribution.FromLogits(Tensor.From([1, 2], 1, 2)).LogDeviation).Message);
        Assert.Equal(
            "A Gaussian has no probabilities of choices.",
            Assert.Throws<InvalidOperationException>(() => ActionDistribution.FromMoments(Tensor.From([1], 1, 1), Tensor.From([0], 1)).LogProbabilities).Message);
    }
}
