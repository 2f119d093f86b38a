namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Asks the players until a round is over.</summary>
internal static class RoundPlayer
{
    /// <summary>Plays a round on from where it stands.</summary>
    /// <param name="round">Played on.</param>
    /// <param name="bySeat">One agent per seat.</param>
    /// <param name="coins">Coins of each seat before the round.</param>
    /// <param name="random">For the agents' decisions.</param>
    /// <param name="discarded">Receives how many cards each seat discarded; one per seat.</param>
    /// <param name="moves">Receives the moves; <see langword="null"/> if they are not wanted.</param>
    public static void Play(ref DhumbalRound round, ReadOnlySpan<IDhumbalAgent> bySeat, ReadOnlySpan<long> coins, ref Randomness random, Span<int> discarded, List<int>? moves = null)
    {
        discarded.Clear();
        while (!round.IsOver)
        {
            var move = Decide(bySeat[round.Player], new(in round, coins), ref random);
            if (move >= Moves.FirstDiscard) discarded[round.Player] += Cards.CountOf(Discards.CardsOf(move - Moves.FirstDiscard));
            moves?.Add(move);
            round.Play(move);
        }
    }

    /// <summary>Asks an agent for the decision that is due.</summary>
    /// <returns>A move.</returns>
    public static int Decide(IDhumbalAgent agent, SeatView seat, ref Randomness random) => seat.Phase switch
    {
        RoundPhase.Call => agent.Calls(seat, ref random) ? Moves.Call : Moves.PlayOn,
        RoundPhase.Discard => Moves.Discard(agent.Discard(seat, ref random)),
        _ => agent.TakesOffered(seat, ref random) ? Moves.TakePile : Moves.TakeStock,
    };
}
