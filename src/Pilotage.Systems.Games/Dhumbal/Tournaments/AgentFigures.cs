using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>How a contestant did, as the paper's tables have it.</summary>
/// <param name="Rounds">Rounds played.</param>
/// <param name="WinRate">Share of rounds won.</param>
/// <param name="WinError">Half the 95 % interval of it, 1.96 standard errors of independent rounds.</param>
/// <param name="Coins">Mean coins per round.</param>
/// <param name="CoinsError">Half the 95 % interval of it.</param>
/// <param name="Calls">Rounds ended by a call of its own.</param>
/// <param name="CallSuccess">Share of these that it won ("Jhyap success"); NaN without calls.</param>
/// <param name="Discarded">Mean cards discarded per round.</param>
/// <param name="Risk">Correlation of the called hand's value with success; NaN where one of them does not vary.</param>
/// <param name="WinRateBySeat">Share of rounds won from each seat, seat 0 beginning; NaN where it never sat.</param>
public sealed record AgentFigures(
    int Rounds, double WinRate, double WinError, double Coins, double CoinsError, int Calls, double CallSuccess, double Discarded, double Risk, IReadOnlyList<double> WinRateBySeat)
{
    private const double Reach = 1.96;                   // of a 95 % interval, as in the paper

    /// <summary>Sums up rounds.</summary>
    /// <param name="entries">At least one.</param>
    /// <param name="players">Seats of the table.</param>
    internal static AgentFigures Of(IReadOnlyList<RoundEntry> entries, int players)
    {
        double[] wins = [.. entries.Select(entry => entry.Won ? 1.0 : 0)], coins = [.. entries.Select(entry => (double)entry.Coins)];
        var calls = entries.Where(entry => entry.Called).ToList();
        double[] values = [.. calls.Select(call => (double)call.CallValue)], successes = [.. calls.Select(call => call.Won ? 1.0 : 0)];
        return new(
            entries.Count, Sample.Mean(wins), Reach * Sample.StandardError(wins), Sample.Mean(coins), Reach * Sample.StandardError(coins),
            calls.Count, calls.Count == 0 ? double.NaN : Sample.Mean(successes), entries.Average(entry => (double)entry.Discarded), Correlation.Pearson(values, successes),
            [.. Enumerable.Range(0, players).Select(seat => entries.Where(entry => entry.Seat == seat).Select(entry => entry.Won ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average())]);
    }
}
