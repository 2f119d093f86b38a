using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Tournaments;

public sealed class ReplayFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Log(HouseRules rules, int deals, out TournamentTable table)
    {
        using var text = new StringWriter();
        table = new(rules, [.. AgentNames.Rules.Select(name => new Contestant(name, AgentNames.Create(name, new())))], SeedTree.Root(3)) { Log = new(text, rules) };
        table.Play(0, deals);
        return text.ToString();
    }

    private string Kept(string text)
    {
        var path = Path.Combine(_folder, "log.jsonl");
        File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [InlineData(PickRule.Previous, 10)]
    [InlineData(PickRule.Own, 3)]
    public void Read_ALog_PlaysEveryRoundAgain(PickRule pickup, int threshold)
    {
        var log = Log(new() { Pickup = pickup, CallThreshold = threshold }, 30, out var table);
        var (rules, rounds) = ReplayFile.Read(Kept(log));
        Assert.Equal(new HouseRules { Pickup = pickup, CallThreshold = threshold }, rules);
        Assert.Equal(120, rounds.Count);
        var own = rounds.Select(round => round.Coins[round.Names.ToList().IndexOf("balanced")]);
        Assert.Equal(table.Entries[2].Select(entry => entry.Coins), own);
    }

    [Fact]
    public void Write_ARound_IsTheCommittedText() => Snapshot.Matches(string.Join("\n", Log(new(), 1, out _).Split('\n').Take(2)));

    [Theory]
    [InlineData("illegal_move")]
    [InlineData("coins")]
    [InlineData("cut_off")]
    [InlineData("no_json")]
    [InlineData("no_header")]
    [InlineData("empty")]
    [InlineData("missing_field")]
    public void Read_ABrokenLog_SaysWhereAndWhy(string kind)
    {
        var lines = Log(new(), 1, out _).Split('\n');
        var text = kind switch
        {
            "illegal_move" => $"{lines[0]}\n{lines[1].Replace("\"moves\":[", "\"moves\":[\"call\",", StringComparison.Ordinal)}",
            "coins" => $"{lines[0]}\n{lines[1][..lines[1].IndexOf("\"coins\"", StringComparison.Ordinal)]}\"coins\":[1,2,3,4]}}",
            "cut_off" => $"{lines[0]}\n{lines[1].Replace(",\"call\"]", "]", StringComparison.Ordinal)}",
            "no_json" => $"{lines[0]}\n{lines[1]}\n{{\"deal\":",
            "no_header" => lines[1],
            "missing_field" => $"{lines[0]}\n{{\"deal\":\"00\"}}",
            _ => "",
        };
        var mistake = Assert.Throws<UserMistakeException>(() => ReplayFile.Read(Kept(text)));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), kind);
    }
}
