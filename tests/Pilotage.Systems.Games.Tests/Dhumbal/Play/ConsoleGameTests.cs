using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Play;

public sealed class ConsoleGameTests
{
    private static string Play(string script, DhumbalConfig? config = null, IReadOnlyList<string>? against = null, string? log = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ((IPlayable)new DhumbalSystem()).Play(new(config ?? new(), against ?? [], 1) { LogPath = log }, new StringReader(script), output, CancellationToken.None);
        return output.ToString();
    }

    [Fact]
    public void Play_QuitAtOnce_SaysGoodbye() => Assert.EndsWith("Goodbye.\n", Play("q\n"), StringComparison.Ordinal);

    [Fact]
    public void Play_ScriptWithMistakes_PrintsTheReasonsAndGoesOn() => Snapshot.Matches(Play("call\nfoo\nks as\npile\nkh\ncall\np\nq\n"), "mistakes");

    [Fact]
    public void Play_InputEnds_StopsWithoutAnError() => Assert.EndsWith("Goodbye.\n", Play(""), StringComparison.Ordinal);

    [Fact]
    public void Play_AWholeRound_SettlesAndKeepsALog()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
        try
        {
            var log = Path.Combine(folder, "log.jsonl");
            // Throws whatever single card it holds; answers that do not fit are refused and the next is tried.
            var cards = string.Concat(Enumerable.Range(0, 52).Reverse().Select(card => $"{Cards.Text(card)}\ns\n"));
            var text = Play(string.Concat(Enumerable.Repeat(cards, 6)), new() { Rules = new() { Players = 2 } }, ["aggressive"], log);
            Assert.Contains("Coins: you", text, StringComparison.Ordinal);
            Assert.Contains("called", text, StringComparison.Ordinal);
            Assert.NotEmpty(ReplayFile.Read(log).Rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Play_NeverShowsAHiddenCard()
    {
        // Before the first answer the person may see the own hand and the pile alone.
        var shown = Play("q\n", against: ["balanced"]);
        var hand = shown.Split('\n').First(line => line.StartsWith("Your hand", StringComparison.Ordinal));
        var round = new DhumbalRound(new(), 0, SeedTree.Root(1).Branch("play").Branch(0));
        foreach (var card in Enumerable.Range(0, 52).Where(card => (round.HandOf(1) >> card & 1) == 1)) Assert.DoesNotContain(Cards.Text(card), hand, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_UnknownOpponents_AreRefused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Play("q\n", against: ["agressive", "random"]));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "opponents");
    }
}
