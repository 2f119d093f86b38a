namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Who pays whom when a round is over.</summary>
public static class Settlement
{
    /// <summary>
    /// Success: the caller's hand is below every other; each pays the caller what its own hand costs. Failure: another hand is as low; the first of the lowest others wins, and the
    /// caller pays it what all hands cost, its own included.
    /// </summary>
    /// <param name="costs">What each seat's hand costs, v in the paper.</param>
    /// <param name="caller">Who called.</param>
    /// <param name="failureFactor">A failed caller pays the sum this many times; 1 in the paper.</param>
    /// <param name="failureFee">And this on top; 0 in the paper.</param>
    /// <param name="changes">Receives each seat's coins, summing to 0.</param>
    /// <returns>The winner.</returns>
    public static int Settle(ReadOnlySpan<int> costs, int caller, int failureFactor, int failureFee, Span<int> changes)
    {
        var (rival, sum) = (-1, 0);
        for (var seat = 0; seat < costs.Length; seat++)
        {
            sum += costs[seat];
            if (seat != caller && (rival < 0 || costs[seat] < costs[rival])) rival = seat;
        }
        if (costs[caller] < costs[rival])
        {
            for (var seat = 0; seat < costs.Length; seat++) changes[seat] = seat == caller ? sum - costs[caller] : -costs[seat];
            return caller;
        }
        changes.Clear();
        changes[rival] = failureFactor * sum + failureFee;
        changes[caller] = -changes[rival];
        return rival;
    }
}
