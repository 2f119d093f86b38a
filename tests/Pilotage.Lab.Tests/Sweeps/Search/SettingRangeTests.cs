using Pilotage.Lab.Sweeps.Search;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Search;

public sealed class SettingRangeTests
{
    private static readonly SettingRange Rate = new("rate", RangeKind.Log) { Low = 1e-4, High = 1e-2 };
    private static readonly SettingRange Share = new("share", RangeKind.Linear) { Low = -1, High = 3 };
    private static readonly SettingRange Epochs = new("epochs", RangeKind.Linear) { Low = 2, High = 5, IsWhole = true };
    private static readonly SettingRange Units = new("units", RangeKind.Log) { Low = 16, High = 256, IsWhole = true, Points = 5 };
    private static readonly SettingRange Names = new("activation", RangeKind.List) { Values = ["tanh", "relu", "elu"] };

    [Theory]
    [InlineData(0, "0.0001")]
    [InlineData(0.5, "0.001")]
    [InlineData(0.25, "0.0003162")]
    [InlineData(1, "0.01")]
    public void At_Logarithmic_HalvesInOrders(double place, string value) => Assert.Equal(value, Rate.At(place));

    [Fact]
    public void At_Linear_IsEvenlyBetweenTheEnds() => Assert.Equal(["-1", "0", "1", "3"], new[] { 0, 0.25, 0.5, 1 }.Select(Share.At));

    [Fact]
    public void At_WholeNumbers_EachHasAnEqualShare() =>
        Assert.Equal([250, 250, 250, 250], Enumerable.Range(0, 1000).Select(i => Epochs.At((i + 0.5) / 1000)).GroupBy(value => value).OrderBy(group => group.Key).Select(group => group.Count()));

    [Fact]
    public void At_TheVeryEnd_IsTheLastValue() => Assert.Equal(("5", "elu"), (Epochs.At(1), Names.At(1)));

    [Fact]
    public void Grid_LogarithmicWholeNumbers_AreTheGeometricOnes() => Assert.Equal(["16", "32", "64", "128", "256"], Units.Grid);

    [Fact]
    public void Grid_FewerNumbersThanPoints_NamesNoneTwice() => Assert.Equal(["2", "3", "4", "5"], (Epochs with { Points = 50 }).Grid);

    [Fact]
    public void PlaceOf_IsTheWayBack()
    {
        foreach (var range in new[] { Rate, Share, Epochs, Names })
            foreach (var place in new[] { 0.1, 0.4, 0.75 }) Assert.Equal(range.At(place), range.At(range.PlaceOf(range.At(place))));
        Assert.Equal(0.5, Rate.PlaceOf("0.001"), 12);
        Assert.Equal(1.25, Share.PlaceOf("4"), 12);                     // a default beyond the interval is still somewhere
        Assert.Equal(double.NaN, Names.PlaceOf("gelu"));
        Assert.Equal(double.NaN, Rate.PlaceOf("0"));
    }

    [Fact]
    public void IsOrdered_ListsOfNumbersThatRise_AndIntervals()
    {
        Assert.True(Rate.IsOrdered);
        Assert.True(new SettingRange("epochs", RangeKind.List) { Values = ["2", "4", "8"] }.IsOrdered);
        Assert.False(new SettingRange("epochs", RangeKind.List) { Values = ["2", "8", "4"] }.IsOrdered);
        Assert.False(Names.IsOrdered);
    }
}
