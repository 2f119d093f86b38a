using Pilotage.Objectives;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class BatchConstraintTests
{
    [Fact]
    public void Allow_WorkedExample_TakesRatiosAboveTheThreshold()
    {
        // Ratios 1, 0.4, 0.32, 0.28 against 0.3.
        var allowed = new bool[4];
        BatchConstraint.Allow([0.5f, 0.2f, 0.16f, 0.14f], 4, 0.3f, allowed);
        Assert.Equal([true, true, true, false], allowed);
    }

    [Fact]
    public void Allow_ARatioOnTheThreshold_IsNotAllowed()
    {
        var allowed = new bool[3];
        BatchConstraint.Allow([0.5f, 0.25f, 0.25f], 3, 0.5f, allowed);
        Assert.Equal([true, false, false], allowed);
    }

    [Fact]
    public void Allow_SeveralRows_MeasuresEachByItsOwnLargest()
    {
        var allowed = new bool[6];
        BatchConstraint.Allow([0.9f, 0.1f, 0, 0.2f, 0.4f, 0.4f], 3, 0.3f, allowed);
        Assert.Equal([true, false, false, true, true, true], allowed);
    }

    [Fact]
    public void Allow_ThresholdZero_AllowsAllThatIsPossible()
    {
        var allowed = new bool[3];
        BatchConstraint.Allow([0.999f, 0.001f, 0], 3, 0, allowed);
        Assert.Equal([true, true, false], allowed);
    }

    [Fact]
    public void Allow_WrongLengthsOrThreshold_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => BatchConstraint.Allow([0.5f, 0.5f], 3, 0.3f, new bool[2]));
        Assert.Throws<ArgumentException>(() => BatchConstraint.Allow([0.5f, 0.5f], 2, 0.3f, new bool[3]));
        Assert.Throws<ArgumentException>(() => BatchConstraint.Allow([0.5f, 0.5f], 2, 1, new bool[2]));
        Assert.Throws<ArgumentException>(() => BatchConstraint.Allow([0.5f, 0.5f], 2, float.NaN, new bool[2]));
    }
}
