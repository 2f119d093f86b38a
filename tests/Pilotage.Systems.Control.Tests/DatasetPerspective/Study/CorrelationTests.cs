using Pilotage.Systems.Control.DatasetPerspective;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

public sealed class CorrelationTests
{
    [Fact]
    public void Pearson_WorkedExample_IsCovarianceOverDeviations()
    {
        // Deviations -1.5, -0.5, 0.5, 1.5 and -1, -1, 0, 2: products sum to 5, squares to 5 and 6.
        Assert.Equal(5 / Math.Sqrt(30), Correlation.Pearson([1, 2, 3, 4], [1, 1, 2, 4]), 1e-12);
        Assert.Equal(-1, Correlation.Pearson([1, 2, 3], [6, 4, 2]), 1e-12);
    }

    [Fact]
    public void Pearson_OneThatDoesNotVary_IsZero() => Assert.Equal(0, Correlation.Pearson([1, 2, 3], [5, 5, 5]));

    [Fact]
    public void Spearman_AnyRisingFunction_IsOne() => Assert.Equal(1, Correlation.Spearman([1, 2, 3, 4], [1, 10, 100, 1e6]), 1e-12);

    [Fact]
    public void Ranks_EqualNumbers_ShareTheirMeanRank() => Assert.Equal([4, 1.5, 3, 1.5], Correlation.Ranks([9, 2, 5, 2]));

    [Fact]
    public void FisherZ_WorkedExample_IsTheDifferenceOfTransformsOverItsDeviation()
    {
        // artanh 0.6 = log 2, artanh 0 = 0; 11 pairs each: sqrt(2 / 8) = 1/2.
        Assert.Equal(2 * Math.Log(2), Correlation.FisherZ(0.6, 0, 11), 1e-12);
        Assert.Equal(-2 * Math.Log(2), Correlation.FisherZ(0, 0.6, 11), 1e-12);
    }
}
