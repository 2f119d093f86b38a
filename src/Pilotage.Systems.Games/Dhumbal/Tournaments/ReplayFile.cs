using System.Globalization;
using System.Text.Json;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Reads a log of rounds and plays every round again: the moves must be legal and lead to the same hands and coins.</summary>
internal static class ReplayFile
{
    /// <summary>In the first line.</summary>
    public const string Schema = "dhumbal-replay/1";

    /// <summary>Reads and checks a log.</summary>
    /// <param name="path">As <see cref="ReplayWriter"/> writes it.</param>
    /// <returns>The rules, and each round with who sat where.</returns>
    /// <exception cref="UserMistakeException">It cannot be read, or a round does not go as the log says; names file and line.</exception>
    public static (HouseRules Rules, IReadOnlyList<(IReadOnlyList<string> Names, int[] Coins)> Rounds) Read(string path)
    {
        var (rules, rounds, number) = ((HouseRules?)null, new List<(IReadOnlyList<string>, int[])>(), 0);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0) continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                if (rules is null) rules = Rules(json.RootElement, $"{path}, line {number}");
                else rounds.Add(Replay(json.RootElement, rules));
            }
            catch (JsonException problem)
            {
                throw Wrong(path, number, string.Create(CultureInfo.InvariantCulture, $"this is not JSON at column {problem.BytePositionInLine + 1}"));
            }
            catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                throw Wrong(path, number, "a round needs deal, start, seats, moves and coins, as the log has them");
            }
            catch (ReplayDiffersException problem)
            {
                throw Wrong(path, number, problem.Message);
            }
        }
        return (rules ?? throw Wrong(path, number, "the log is empty"), rounds);
    }

    /// <summary>Plays a logged round again.</summary>
    /// <exception cref="ReplayDiffersException">It does not go as logged.</exception>
    internal static (IReadOnlyList<string> Names, int[] Coins) Replay(JsonElement logged, HouseRules rules)
    {
        var key = ulong.Parse(logged.GetProperty("deal").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var start = logged.GetProperty("start").GetInt32();
        if ((uint)start >= (uint)rules.Players) throw new ReplayDiffersException($"start = {start} is no seat of {rules.Players}");
        var round = new DhumbalRound(rules, start, new(key));
        var turn = 0;
        foreach (var text in logged.GetProperty("moves").EnumerateArray().Select(move => move.GetString()!))
        {
            turn++;
            var move = MoveText.Parse(text);
            if (move < 0) throw new ReplayDiffersException($"move {turn}, \"{text}\", is none");
            if (MoveReasons.WhyIllegal(round, move) is { } reason) throw new ReplayDiffersException($"move {turn}, \"{text}\", is not legal: {reason.TrimEnd('.')}");
            round.Play(move);
        }
        if (!round.IsOver) throw new ReplayDiffersException($"after its {turn} moves the round is not over");
        var changes = new int[rules.Players];
        round.Settle(changes);
        int[] coins = [.. logged.GetProperty("coins").EnumerateArray().Select(coin => coin.GetInt32())];
        if (!coins.SequenceEqual(changes)) throw new ReplayDiffersException($"the coins are [{string.Join(", ", changes)}], the log says [{string.Join(", ", coins)}]");
        string[] names = [.. logged.GetProperty("seats").EnumerateArray().Select(name => name.GetString()!)];
        return (names, coins);
    }

    private static HouseRules Rules(JsonElement first, string where)
    {
        if (!first.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.String || schema.GetString() != Schema) throw new ReplayDiffersException($"the first line does not say \"schema\": \"{Schema}\"");
        var entries = first.EnumerateObject().Where(field => field.Name != "schema").Select(field => new SettingEntry(field.Name, field.Value.ToString(), where));
        return SettingsBinder.Bind<HouseRules>(HouseRules.Schema, new SettingSource([.. entries]));
    }

    private static UserMistakeException Wrong(string path, int line, string problem) =>
        new(new Mistake("PIL1501", $"{path} cannot be played again: {problem}.", line == 0 ? "" : $"Line {line}", "Logs are written by pilotage apply and play; give one as it was written.").ToString());
}
