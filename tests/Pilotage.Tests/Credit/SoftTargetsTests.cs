using Pilotage.Credit;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class SoftTargetsTests
{
    [Fact]
    public void Compute_ThreeTransitions_IsTheWorkedExample()
    {
        var targets = new float[3];
        // Critics give (5, 4), (1, 2), (8, 8); the smaller less alpha log pi counts, none of it where the discount is 0.
        SoftTargets.Compute([1, 2, 3], [0.9f, 0.5f, 0], [5, 1, 8, 4, 2, 8], [-2, 1, 7], 0.5f, targets);

        Assert.Equal([1 + 0.9f * (4 + 1), 2 + 0.5f * (1 - 0.5f), 3], targets);
    }

    [Fact]
    public void Compute_NoTemperature_IsTheSmallerTwinsTarget()
    {
        var targets = new float[1];
        SoftTargets.Compute([1], [1], [3, 2], [100], 0, targets);

        Assert.Equal([3f], targets);
    }

    [Fact]
    public void Compute_NoLogProbabilities_PaysNothingForEntropy()
    {
        var targets = new float[2];
        SoftTargets.Compute([1, 2], [0.5f, 0], [3, 5, 2, 6], [], 7, targets);

        Assert.Equal([1 + 0.5f * 2, 2], targets);
    }

    [Fact]
    public void Compute_OneCritic_NeedsNoTwin()
    {
        var targets = new float[2];
        SoftTargets.Compute([0, 0], [1, 1], [3, 2], [0, 0], 1, targets);

        Assert.Equal([3f, 2f], targets);
    }

    [Fact]
    public void Compute_TerminatedWithAnOverflowedValue_IsTheRewardAlone()
    {
        var targets = new float[1];
        SoftTargets.Compute([4], [0], [float.PositiveInfinity, float.NaN], [float.NegativeInfinity], 1, targets);

        Assert.Equal([4f], targets);
    }

    [Fact]
    public void Compute_LengthsThatDoNotFit_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SoftTargets.Compute([1], [1], [3, 2, 1], [0, 0], 1, new float[2]));
}
