namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The paper's rule: scores every discard, calls and picks by limits.</summary>
/// <remarks>
/// Source: arXiv:2510.11736, rule_based_agent. Symbols: T value of the hand, m cards to discard, |m| their number.
/// score(m) = risk (w_high value(m) + 2 |m| [|m| &gt; 1] + 3 [|m| &gt;= 3, one suit] + 50 [T - value(m) &lt;= 10] + 10 value(m) / T).
/// Differs from the paper: it looks at the longest runs alone, this at all of them; a longer run has the higher score, so the choice is the same.
/// </remarks>
/// <param name="style">Parameters.</param>
internal sealed class StyleAgent(PlayStyle style) : IDhumbalAgent
{
    private const int LowHand = 10, ExpectedPick = 5;    // of the paper's program; the first is its call threshold
    private readonly int[] _entries = new int[Discards.Count];

    public bool Calls(SeatView seat, ref Randomness random)
    {
        var value = seat.HandValue;
        return style.Call switch
        {
            CallStyle.Limit => value <= style.CallLimit,
            CallStyle.Balanced => value <= 5 || random.NextDouble() < (value <= 8 ? 0.7 : 0.4),
            _ => value <= 7 || random.NextDouble() < (seat.CoinsOf(seat.Seat) > seat.MeanCoins ? 0.8 : 0.3) + 0.05 * (10 - value) + (seat.Turn > 20 ? 0.15 : 0),
        };
    }

    public int Discard(SeatView seat, ref Randomness random)
    {
        var entries = _entries.AsSpan(0, seat.ListDiscards(_entries));
        var total = seat.HandValue;
        return total > LowHand ? Highest(entries, total) : Careful(entries, total);
    }

    public bool TakesOffered(SeatView seat, ref Randomness random)
    {
        var value = seat.HandValue;
        return Cards.ValueOf(seat.Offered) <= style.PickLimit + (value > 15 ? 2 : value <= 12 ? -1 : 0);
    }

    /// <summary>The score of a discard.</summary>
    internal double Score(int entry, int total)
    {
        var (value, count) = (Discards.ValueOf(entry), Cards.CountOf(Discards.CardsOf(entry)));
        var score = style.HighWeight * value + 10.0 * value / total;
        if (count > 1) score += 2.0 * count;
        if (Discards.IsRun(entry)) score += 3;
        if (total - value <= LowHand) score += 50;
        return style.Risk * score;
    }

    private int Highest(ReadOnlySpan<int> entries, int total)
    {
        var (best, bestScore) = (-1, double.NegativeInfinity);
        foreach (var entry in entries)
        {
            var score = Score(entry, total);
            if (score > bestScore) (best, bestScore) = (entry, score);
        }
        return best;
    }

    // The hand is low enough to call, and it did not: keeps it low after a pick of an expected size. Cards come first in the list, lowest first.
    private static int Careful(ReadOnlySpan<int> entries, int total)
    {
        var highest = -1;
        foreach (var entry in entries)
        {
            if (total - Discards.ValueOf(entry) + ExpectedPick > LowHand) continue;
            if (entry >= Cards.Count) return highest >= 0 ? highest : entry;
            if (highest < 0 || Discards.ValueOf(entry) > Discards.ValueOf(highest)) highest = entry;
        }
        return highest >= 0 ? highest : entries[0];
    }
}
