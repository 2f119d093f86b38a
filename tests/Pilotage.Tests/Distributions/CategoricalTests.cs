using Pilotage.Distributions;
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
}
