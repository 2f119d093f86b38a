using System.Globalization;
using System.Text;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Writes what a user takes home: standings, pairs, seats; the log of rounds stands beside them.</summary>
/// <param name="folder">Where; exists.</param>
internal sealed class ApplyFiles(string folder)
{
    /// <summary>The log of rounds.</summary>
    public const string ReplayName = "replay.jsonl";

    /// <summary>Writes all tables.</summary>
    /// <returns>The files' names, the log among them.</returns>
    public IReadOnlyList<string> Write(TournamentResult result) => [Standings(result), Pairs(result), Seats(result), ReplayName];

    private string Standings(TournamentResult result) => Csv(
        "standings.csv", "player,rounds,win_rate,win_rate_half_interval,coins_per_round,coins_half_interval,calls,call_success,cards_per_round,risk_correlation",
        result.Ranking.Select(player =>
        {
            var f = result.Figures[player];
            return $"{Quoted(result, player)},{f.Rounds},{Number(f.WinRate)},{Number(f.WinError)},{Number(f.Coins)},{Number(f.CoinsError)},{f.Calls},{Number(f.CallSuccess)},{Number(f.Discarded)},{Number(f.Risk)}";
        }));

    private string Pairs(TournamentResult result) => Csv(
        "pairs.csv", "player,rival,share_ahead,coins_difference,coins_low,coins_high,welch_p_wins,welch_p_coins,cohen_d_coins",
        result.Pairs.Select(p => $"{Quoted(result, p.A)},{Quoted(result, p.B)},{Number(p.Ahead)},{Number(p.Difference)},{Number(p.Interval.Low)},{Number(p.Interval.High)},{Number(p.WinP)},{Number(p.CoinsP)},{Number(p.CoinsD)}"));

    private string Seats(TournamentResult result) => Csv(
        "seats.csv", "player," + string.Join(",", Enumerable.Range(0, result.Seats).Select(seat => FormattableString.Invariant($"win_rate_seat_{seat}"))),
        result.Ranking.Select(player => $"{Quoted(result, player)},{string.Join(",", result.Figures[player].WinRateBySeat.Select(Number))}"));

    private string Csv(string name, string header, IEnumerable<string> lines)
    {
        File.WriteAllText(Path.Combine(folder, name), header + "\n" + string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return name;
    }

    // Undefined is said so, never written as 0.
    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.######", CultureInfo.InvariantCulture) : "n/a";

    private static string Quoted(TournamentResult result, int player) => $"\"{result.Players[player].Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
