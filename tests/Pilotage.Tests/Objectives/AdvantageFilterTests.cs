using Pilotage.Objectives;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class AdvantageFilterTests
{
    [Fact]
    public void Binary_WorkedExample_KeepsWhatBeatsTheMeanOfTheDraws()
    {
        // Row 1: 3 against (3 + 1 + 1 + 1) / 4. Row 2: 1 against the same kind of mean, 1.5. Row 3: all draws are what was done: an advantage of exactly 0.
        var weights = new float[3];
        AdvantageFilter.Binary([3, 1, 3, 1, 3, 1], [0, 1, 0], [0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], weights);
        Assert.Equal([1, 0, 0], weights);
    }

    [Fact]
    public void Binary_WrongLengths_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => AdvantageFilter.Binary([1, 2, 3], [0, 1], [0, 1], new float[2]));
        Assert.Throws<ArgumentException>(() => AdvantageFilter.Binary([1, 2, 3, 4], [0, 1], [0, 1, 0], new float[2]));
        Assert.Throws<ArgumentException>(() => AdvantageFilter.Binary([1, 2, 3, 4], [0, 1], [0, 1], new float[1]));
    }
}
