using Pilotage.Credit;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class NextActionTargetsTests
{
    [Fact]
    public void Compute_ThreeTransitions_IsTheWorkedExample()
    {
        // The second terminated: neither its next value, which is no number, nor its next action, which nobody took, is read.
        var targets = new float[3];
        NextActionTargets.Compute([1, 2, 3], [0.5f, 0, 1], [10, 20, float.NaN, float.NaN, 5, 6], [1, -1, 0], targets);
        Assert.Equal([11, 2, 8], targets);
    }

    [Fact]
    public void Compute_Quantiles_TakesAllOfTheChosenAction()
    {
        var targets = new float[6];
        NextActionTargets.Compute([1, 2], [0.5f, 0], [2, 4, 6, 8, 10, 12, 0, 0, 0, 0, 0, 0], [1, 0], targets);
        Assert.Equal([5, 6, 7, 2, 2, 2], targets);
    }

    [Fact]
    public void Compute_WrongLengths_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => NextActionTargets.Compute([1, 2], [1], [1, 2, 3, 4], [0, 0], new float[2]));
        Assert.Throws<ArgumentException>(() => NextActionTargets.Compute([1, 2], [1, 1], [1, 2, 3], [0, 0], new float[2]));
        Assert.Throws<ArgumentException>(() => NextActionTargets.Compute([1, 2], [1, 1], [1, 2, 3, 4], [0], new float[2]));
    }
}
