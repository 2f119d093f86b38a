using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Two contestants against each other, in the rounds that both played.</summary>
/// <param name="A">Index of the first.</param>
/// <param name="B">Index of the second.</param>
/// <param name="Ahead">Share of rounds in which the first got more coins; equal ones count half.</param>
/// <param name="WinP">p of Welch's test on rounds won, times the number of pairs (Bonferroni), at most 1; NaN if neither varies.</param>
/// <param name="CoinsP">The same on coins.</param>
/// <param name="CoinsD">Cohen's d on coins; NaN if neither varies.</param>
/// <param name="Difference">Mean coins of the first less the second's, over deals, all rotations of a deal averaged.</param>
/// <param name="Interval">Its interval at 95 % over all pairs (Bonferroni), paired by deal; infinite with too few deals.</param>
public sealed record PairFigures(int A, int B, double Ahead, double WinP, double CoinsP, double CoinsD, double Difference, Interval Interval)
{
    private const double Level = 0.05;

    /// <summary>The same from the second one's side.</summary>
    /// <returns>A mirrored pair.</returns>
    public PairFigures Mirrored() => this with { A = B, B = A, Ahead = 1 - Ahead, CoinsD = -CoinsD, Difference = -Difference, Interval = new(-Interval.High, -Interval.Low) };

    /// <summary>A pair.</summary>
    /// <param name="a">Index of the first.</param>
    /// <param name="b">Index of the second.</param>
    /// <param name="rounds">The rounds that both played, as each had them; deals told apart by their numbers.</param>
    /// <param name="pairs">Pairs that share the level.</param>
    internal static PairFigures Of(int a, int b, IReadOnlyList<(RoundEntry First, RoundEntry Second)> rounds, int pairs)
    {
        double[] Coins(Func<(RoundEntry First, RoundEntry Second), RoundEntry> own) => [.. rounds.Select(round => (double)own(round).Coins)];
        double[] Wins(Func<(RoundEntry First, RoundEntry Second), RoundEntry> own) => [.. rounds.Select(round => own(round).Won ? 1.0 : 0)];
        var (coinsP, coinsD) = Welch(Coins(round => round.First), Coins(round => round.Second), pairs);
        double[] byDeal = [.. rounds.GroupBy(round => round.First.Deal).Select(deal => deal.Average(round => (double)(round.First.Coins - round.Second.Coins)))];
        var inference = Inference.OfMean(byDeal, Inference.DefaultSeeds);
        return new(
            a, b, rounds.Average(round => round.First.Coins > round.Second.Coins ? 1 : round.First.Coins == round.Second.Coins ? 0.5 : 0),
            Welch(Wins(round => round.First), Wins(round => round.Second), pairs).P, coinsP, coinsD, inference.Estimate, inference.Bounds(Level / 2 / pairs));
    }

    /// <summary>Welch's test on two samples, corrected; as the paper has it, which takes rounds for independent.</summary>
    /// <param name="a">At least two values.</param>
    /// <param name="b">At least two values.</param>
    /// <param name="pairs">Tests that share the level.</param>
    /// <returns>p, and Cohen's d; both NaN where neither sample varies.</returns>
    internal static (double P, double D) Welch(double[] a, double[] b, int pairs)
    {
        if (a.Length < 2 || b.Length < 2 || (Sample.Variance(a) == 0 && Sample.Variance(b) == 0)) return (double.NaN, double.NaN);
        var welch = TInference.Welch(a, b);
        return (Math.Min(1, 2 * pairs * Math.Min(welch.PAbove(0), welch.PBelow(0))), EffectSize.CohenD(a, b));
    }
}
