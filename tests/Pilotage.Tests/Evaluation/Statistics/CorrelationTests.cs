using Pilotage.Evaluation.Statistics;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public class CorrelationTests
{
    [Fact]
    public void Pearson_AnscombesFirstSet_IsThePublishedValue()
    {
        // Anscombe, The American Statistician 27 (1973): r = 0.816.
        double[] x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5], y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        Assert.Equal(0.81642, Correlation.Pearson(x, y), 5e-6);
        Assert.Equal(-0.81642, Correlation.Pearson(x, [.. y.Select(value => -3 * value + 2)]), 5e-6);
    }

    [Fact]
    public void Pearson_ALine_IsOne() => Assert.Equal(1, Correlation.Pearson([1, 2, 4], [3, 5, 9]), 1e-12);

    [Fact]
    public void Pearson_NothingVariesOrTooFew_IsNotANumber()
    {
        Assert.True(double.IsNaN(Correlation.Pearson([1, 2, 3], [5, 5, 5])));
        Assert.True(double.IsNaN(Correlation.Pearson([1], [2])));
        Assert.True(double.IsNaN(Correlation.Pearson([], [])));
    }

    [Fact]
    public void Pearson_LengthsDiffer_IsRefused() => Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
}
