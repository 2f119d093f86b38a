using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The figures of a tournament.</summary>
internal static class ApplyPlots
{
    /// <summary>Who is ahead of whom, coins with intervals, and wins by seat.</summary>
    public static IReadOnlyList<Plot> All(TournamentResult result)
    {
        string[] names = [.. result.Ranking.Select(player => result.Players[player].Name)];
        return
        [
            new HeatmapPlot("ahead", "How often the row's player gets more coins than the column's", new("rival"), new("player"), names, names,
                [.. result.Ranking.SelectMany(a => result.Ranking.Select(b => a == b ? double.NaN : result.Pair(a, b).Ahead))], new("rounds ahead", "share"))
            {
                Centre = 0.5, Note = "Share of the rounds that both played; equal coins count half.",
            },
            new IntervalPlot("coins", "Coins a round", new("coins", "a round"),
                [.. result.Ranking.Select(player => result.Figures[player]).Zip(names, (figures, name) => new IntervalRow(name, figures.Coins, figures.Coins - figures.CoinsError, figures.Coins + figures.CoinsError, ArmKind.Method))])
            {
                Reference = 0, ReferenceName = "even", Note = "Means over all rounds with 1.96 standard errors.",
            },
            new BarPlot("seats", "Rounds won, by seat", new("rounds won", "share"),
                [.. result.Ranking.SelectMany(player => Enumerable.Range(0, result.Seats).Select(seat => FormattableString.Invariant($"{result.Players[player].Name}, seat {seat}")))],
                [new("won", [.. result.Ranking.SelectMany(player => result.Figures[player].WinRateBySeat)])])
            {
                Note = "Seat 0 plays first. Every player sits on every seat equally often.",
            },
        ];
    }
}
