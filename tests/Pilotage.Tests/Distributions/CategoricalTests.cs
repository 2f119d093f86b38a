using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class CategoricalTests
{
    [Fact]
    public void Sample_UniformOverTheUnitInterval_FollowsTheProbabilities()
    {
        float[] probabilities = [0.25f, 0, 0.5f, 0.25f];
        var counts = new int[4];
        for (var i = 0; i < 1000; i++) counts[Categorical.Sample(probabilities, (i + 0.5f) / 1000)]++;

        Assert.Equal([250, 0, 500, 250], counts);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.99999994f)]
    public void Sample_ZeroProbabilityAtTheEnds_IsNeverDrawn(float uniform)
    {
        // The sum is a little below 1, as rounding may leave it: the draw must still be an action that can happen.
        Assert.Contains(Categorical.Sample([0, 0.3f, 0.69999f, 0], uniform), new[] { 1, 2 });
    }

    [Fact]
    public void Mode_EqualOnes_TakesTheFirst() => Assert.Equal(1, Categorical.Mode([float.MinValue, -0.5f, -0.5f, -3]));

    [Fact]
    public void Entropy_UniformOverLegalActions_IsTheirLogarithm()
    {
        using var step = Step.Begin();
        var logPi = Categorical.Normalize(Tensor.From([3, 3, 3, 3], 1, 4), Mask.From([true, false, true, true], 1, 4));

        Assert.Equal(Math.Log(3), Categorical.Entropy(logPi).Item(), 1e-6);
    }

    [Fact]
    public void Functions_MaskedBatch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(9, new Shape(17, 5));
        var legal = Enumerable.Range(0, 85).Select(i => i % 5 == i / 5 % 5 || i % 3 != 0).ToArray();
        Tensor LogPi() => Categorical.Normalize(inputs[0], Mask.From(legal, 17, 5));

        Oracle.Check(() => Categorical.Entropy(LogPi()), inputs.Parameters);
        Oracle.Check(() => Categorical.LogProbability(LogPi(), Indices.From([.. Enumerable.Range(0, 17).Select(i => i % 5)], 17)), inputs.Parameters);
    }
}
