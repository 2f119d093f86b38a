using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Apply;

public sealed class DhumbalApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ApplyReport Apply(string json, DhumbalConfig? config = null, string name = "game.json")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, json);
        return DhumbalApplication.Run(new(config ?? new(), [path], 5, _folder), progress: null, CancellationToken.None);
    }

    private void Refused(string json, string snapshot)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Apply(json));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), snapshot);
    }

    [Fact]
    public void Apply_FourRules_PrintsStandingsAndKeepsThem()
    {
        var report = Apply("""{"deals": 60, "agents": ["aggressive", "conservative", "balanced", {"name": "mine", "style": {"callLimit": 8, "pickLimit": 3}}]}""");
        Assert.Equal(4, report.Rows.Count);
        Assert.Equal("first", report.Rows[0][^1]);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Equal(["ahead", "coins", "seats"], report.Plots.Select(plot => plot.Name));
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file))));
        Snapshot.Matches(File.ReadAllText(Path.Combine(_folder, "standings.csv")) + File.ReadAllText(Path.Combine(_folder, "pairs.csv")) + File.ReadAllText(Path.Combine(_folder, "seats.csv")), "files");
        Snapshot.Matches(string.Join("\n", [report.Headline, .. report.Rows.Select(row => string.Join(" | ", row)), .. report.Notes]), "report");

        var again = Apply(File.ReadAllText(Path.Combine(_folder, "replay.jsonl")), name: "again.jsonl");
        Assert.StartsWith("All 240 rounds were played again", again.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_HouseRules_PlaysTwoWithSevenCards()
    {
        var report = Apply("""
            {
              // three bots, tables of two
              "rules": {"players": 2, "handSize": 7, "callThreshold": 5, "failureFactor": 0, "failureFee": 30, "runs": false},
              "deals": 4,
              "agents": ["aggressive", "random", {"name": "deep", "search": {"iterations": 5, "determinizations": 2}, "rulePlayouts": false},],
            }
            """);
        Assert.Equal(3, report.Rows.Count);
        Assert.Contains("3 table(s) of 2, 4 deals each", report.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ATrainedPlayer_IsKeptAndPlaysAgain()
    {
        var config = new DhumbalConfig { Ppo = new() { Steps = 512, EnvironmentCount = 4, Horizon = 64, Hidden = [16] }, Dqn = new() { Steps = 300, LearningStarts = 100, Hidden = [16] } };
        var report = Apply("""{"deals": 5, "agents": ["aggressive", "random", {"name": "p", "train": "ppo"}, {"name": "d", "train": "dqn"}]}""", config);
        Assert.Contains("policy-p", report.Files);
        var kept = Path.Combine(_folder, "policy-p").Replace('\\', '/');
        var again = Apply($$"""{"deals": 5, "agents": ["aggressive", "random", {"name": "p", "policy": "{{kept}}"}, {"name": "d", "train": "dqn"}]}""", config, "second.json");
        Assert.Equal(report.Rows.Select(row => string.Join("|", row)), again.Rows.Select(row => string.Join("|", row)));
    }

    [Fact]
    public void Apply_NothingVaries_PrintsNotAvailable()
    {
        // With a threshold of 100 everybody calls on the first turn; the first seat decides alone.
        Apply("""{"rules": {"players": 2, "callThreshold": 100}, "deals": 3, "agents": [{"name": "a", "style": {"callLimit": 0}}, {"name": "b", "style": {"callLimit": 0}}]}""");
        Assert.Contains("n/a", File.ReadAllText(Path.Combine(_folder, "standings.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_OfFiveForThree_AreAllTen()
    {
        var tables = Tables.Of(5, 3);
        Assert.Equal(10, tables.Count);
        Assert.Equal([0, 1, 2], tables[0]);
        Assert.Equal([2, 3, 4], tables[^1]);
    }

    [Fact]
    public void Readme_Game_IsRead()
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../src/Pilotage.Systems.Games/Dhumbal/README.md"));
        var path = Path.Combine(_folder, "readme.json");
        File.WriteAllText(path, readme.Split("```json")[1].Split("```")[0]);
        var (game, players) = GameFile.Read(path, new());
        Assert.Equal(new GameSettings(), game);
        Assert.Equal(["", "", "style", "search", "train", "policy"], players.Select(player => player.Kind));

        static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
    }

    [Fact]
    public void Game_NotJson() => Refused("{\n  \"deals\": 5,\n  \"agents\": [\"aggressive\" \"random\"]\n}", "not_json");

    [Fact]
    public void Game_UnknownKeysAndNames_AllAtOnce() => Refused(
        """
        {
          "rules": {"players": 7, "handsize": "many", "callTreshold": 3},
          "deals": 0,
          "agents": ["agressive", {"style": {}}, {"name": "x", "style": {"callLimit": -1}}, {"name": "y", "style": {}, "train": "ppo"}, 5, {"name": "z", "train": "sac"}]
        }
        """,
        "many_problems");

    [Fact]
    public void Game_TooFewAgents() => Refused("""{"agents": ["aggressive", "random"]}""", "too_few");

    [Fact]
    public void Game_TheSameNameTwice() => Refused("""{"agents": ["aggressive", "random", "random", "balanced"]}""", "twice");

    [Fact]
    public void Game_TooManyCards() => Refused("""{"rules": {"players": 5, "handSize": 11}, "agents": ["aggressive"]}""", "too_many_cards");

    [Fact]
    public void Game_AgentsNoList() => Refused("""{"agents": "aggressive"}""", "no_list");

    [Fact]
    public void Game_FreeFailures() => Refused("""{"rules": {"failureFactor": 0}, "agents": ["aggressive", "random", "balanced", "conservative"]}""", "free_failures");

    [Fact]
    public void Game_PolicyNowhere() => Refused("""{"agents": ["aggressive", "random", "balanced", {"name": "p", "policy": "nowhere"}]}""", "policy_nowhere");

    [Fact]
    public void Apply_TwoFiles_IsRefused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DhumbalApplication.Run(new(new DhumbalConfig(), ["a", "b"], 0, _folder) { Device = Device.Managed }, null, CancellationToken.None));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "two_files");
    }
}
