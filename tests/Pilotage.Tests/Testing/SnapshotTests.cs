using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Testing;

public sealed class SnapshotTests
{
    [Fact]
    public void Matches_TheCommittedText_Passes() => Snapshot.Matches("first line\nsecond line");

    [Fact]
    public void Matches_CarriageReturns_AreNoDifference() =>
        Snapshot.Matches("first line\r\nsecond line\r\n", nameof(Matches_TheCommittedText_Passes));

    [Fact]
    public void LineDiff_OfAChangedLine_ShowsBothSidesBetweenTheCommonLines() =>
        Assert.Equal("  a\n- b\n+ B\n  c\n+ d\n", LineDiff.Of("a\nb\nc\n", "a\nB\nc\nd\n"));

    [Fact]
    public void Matches_AnotherText_ThrowsWithTheDiffAndLeavesTheReceivedText()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("PILOTAGE_ACCEPT") == "1", "Accepting texts: nothing can differ.");
        var folder = Directory.CreateTempSubdirectory("pilotage-snapshot");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "Any.table.verified.txt"), "one\ntwo\n");

            var exception = Assert.Throws<SnapshotDiffersException>(() => Snapshot.Matches("one\nthree", "table", Path.Combine(folder.FullName, "Any.cs")));

            Assert.Contains("- two\n+ three\n", exception.Message, StringComparison.Ordinal);
            Assert.Equal("one\nthree\n", File.ReadAllText(Path.Combine(folder.FullName, "Any.table.received.txt")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
