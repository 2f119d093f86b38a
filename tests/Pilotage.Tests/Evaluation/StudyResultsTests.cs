using Pilotage.Evaluation;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class StudyResultsTests
{
    [Fact]
    public void Values_DeterministicArm_PairsWithEverySeed()
    {
        var results = SyntheticStudy.Results("rule", "return", [[1, 2]]);
        Assert.Equal(2, results.Values("rule", 7, "return")["day-1"]);
        Assert.Empty(results.Values("rule", 7, "cost"));
        Assert.Empty(results.Values("other", 0, "return"));
    }

    [Fact]
    public void Values_ArmThatLacksASeed_BorrowsNone()
    {
        var results = SyntheticStudy.Results("ppo", "return", [[1], [2]]);
        Assert.Empty(results.Values("ppo", 2, "return"));
        Assert.Equal([0, 1], results.SeedsOf("ppo"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_NotFinite_NamesArmSeedMetricAndInstance(double value)
    {
        var e = Assert.Throws<RunFailedException>(() => new StudyResults().Add("ppo", 3, [new("return", "nasa/day-41", value)]));
        Assert.StartsWith(FormattableString.Invariant($"Arm 'ppo', seed 3: metric 'return' on instance 'nasa/day-41' is {value};"), e.Message);
    }

    [Fact]
    public void Add_MeasuredTwice_IsRefused() =>
        Assert.Contains("measured 'return' twice on instance 'x'", Assert.Throws<InvalidOperationException>(
            () => new StudyResults().Add("ppo", 0, [new("return", "x", 1), new("return", "x", 2)])).Message);

    [Fact]
    public void Values_ManyMeasurements_AreFoundWithoutScanning()
    {
        var results = new StudyResults();
        results.Add("ppo", 0, [.. Enumerable.Range(0, 200_000).Select(i => new Measurement($"m{i % 10}", $"i{i / 10}", i))]);
        var sum = 0.0;
        for (var i = 0; i < 100_000; i++) sum += results.Values("ppo", 0, "m3")["i19999"];      // a scan each would take minutes
        Assert.Equal(199_993.0 * 100_000, sum);
    }
}
