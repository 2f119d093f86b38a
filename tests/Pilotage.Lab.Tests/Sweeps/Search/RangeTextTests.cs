using Pilotage.Lab.Sweeps.Search;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Search;

public sealed class RangeTextTests
{
    private static IReadOnlyList<SettingRange> Read(params string[] texts) => RangeText.Read(texts, HillSettings.Schema, new HillSettings());

    [Fact]
    public void Read_EveryForm_IsUnderstood()
    {
        var ranges = Read("stride=1e-4..1e-2:log:5", "EAST=0..0.5", "boots=2,4,8", "load=light,none", "widths=[4,4],[16]", "hours=10..40:linear:4");

        Assert.Equal(["stride", "east", "boots", "load", "widths", "hours"], ranges.Select(range => range.Key));
        Assert.Equal((RangeKind.Log, 1e-4, 1e-2, 5, false), (ranges[0].Kind, ranges[0].Low, ranges[0].High, ranges[0].Points, ranges[0].IsWhole));
        Assert.Equal((RangeKind.Linear, 0, 0.5, 3), (ranges[1].Kind, ranges[1].Low, ranges[1].High, ranges[1].Points));
        Assert.Equal(["2", "4", "8"], ranges[2].Values);
        Assert.Equal(["[4,4]", "[16]"], ranges[4].Values);
        Assert.Equal(["10", "20", "30", "40"], ranges[5].Grid);
        Assert.True(ranges[5].IsWhole);
    }

    [Fact]
    public void Read_TextsThatAreNoRanges_AreAllTold()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(
            "stride", "strid=0.1..0.2", "stride=0.1..2", "east=5..1", "east=0..1:log", "boots=1..4.5", "boots=a..b", "load=light", "load=light,lead", "load=0..2", "boots=2,2", "boots=2,,4", "boots=1..4:often", "hours=0,5000",
            "widths=[8,8]", "hours=1..9", "hours=2..8"));

        Snapshot.Matches(string.Join("\n", mistake.Problems));
    }

    // Candidate by candidate: boots = 9 sinks under the start's load, and not under another.
    [Fact]
    public void Read_ValueThatContradictsTheStart_IsLeftToTheCandidates() => Assert.Equal("9", Read("boots=4..9")[0].Extremes[1]);
}
