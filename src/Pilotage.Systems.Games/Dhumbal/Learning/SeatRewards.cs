namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The paper's rewards of single decisions.</summary>
internal static class SeatRewards
{
    private const float HighestCard = 13, UselessPick = 0.1f;

    /// <summary>
    /// Call: what the others' hands cost if it succeeds, less what all hands cost if it fails. Discard and pick: the fall of the own hand's value over 13, less 0.1 for a pick that
    /// does not lower it, which none does. An illegal move, punished there by -100, cannot be chosen here: it is masked.
    /// </summary>
    /// <param name="round">After the move and the others' moves.</param>
    /// <param name="seat">The own seat.</param>
    /// <param name="move">What was played.</param>
    /// <param name="before">Value of the own hand before the move.</param>
    /// <param name="after">Value of the own hand right after it.</param>
    public static float Paper(in DhumbalRound round, int seat, int move, int before, int after)
    {
        if (move == Moves.Call)
        {
            var (lowest, others) = (int.MaxValue, 0);
            for (var other = 0; other < round.Players; other++)
            {
                if (other == seat) continue;
                lowest = Math.Min(lowest, round.CostOf(other));
                others += round.CostOf(other);
            }
            return round.CostOf(seat) < lowest ? others : -(others + round.CostOf(seat));
        }
        var reward = (before - after) / HighestCard;
        return move is Moves.TakePile or Moves.TakeStock && after >= before ? reward - UselessPick : reward;
    }
}
