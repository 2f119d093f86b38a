namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A tournament, summed up.</summary>
/// <param name="Players">Who played.</param>
/// <param name="Seats">Players of a table.</param>
/// <param name="Rounds">Rounds of all tables.</param>
/// <param name="Figures">By player, over all its tables.</param>
/// <param name="Ranking">Places of the players by coins, best first.</param>
/// <param name="Pairs">Every pair once.</param>
/// <param name="IsStopped">Whether a table ended early.</param>
internal sealed record TournamentResult(
    IReadOnlyList<Contestant> Players, int Seats, int Rounds, IReadOnlyList<AgentFigures> Figures, IReadOnlyList<int> Ranking, IReadOnlyList<PairFigures> Pairs, bool IsStopped)
{
    /// <summary>A player against the first of the ranking.</summary>
    public PairFigures Behind(int player) => Pair(player, Ranking[0]);

    /// <summary>Two players, from the first one's side.</summary>
    public PairFigures Pair(int a, int b) => a < b ? Pairs.First(pair => pair.A == a && pair.B == b) : Pairs.First(pair => pair.A == b && pair.B == a).Mirrored();
}
