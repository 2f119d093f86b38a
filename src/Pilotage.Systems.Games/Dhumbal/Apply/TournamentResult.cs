namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A tournament, summed up.</summary>
/// <param name="Players">Who played.</param>
/// <param name="Seats">Players of a table.</param>
/// <param name="Rounds">Rounds of all tables.</param>
/// <param name="Figures">By player, over all its tables.</param>
/// <param name="Ranking">Places of the players by coins, best first.</param>
/// <param name="Pairs">Every pair once.</param>
/// <param name="IsStopped">Whether a table ended early.</param>
public sealed record TournamentResult(
    IReadOnlyList<Contestant> Players, int Seats, int Rounds, IReadOnlyList<AgentFigures> Figures, IReadOnlyList<int> Ranking, IReadOnlyList<PairFigures> Pairs, bool IsStopped)
{
    /// <summary>A player against the first of the ranking.</summary>
    /// <param name="player">Another one's place in <see cref="Players"/>.</param>
    /// <returns>From the player's side.</returns>
    public PairFigures Behind(int player) => Pair(player, Ranking[0]);

    /// <summary>Two players, from the first one's side.</summary>
    /// <param name="a">Place of the first in <see cref="Players"/>.</param>
    /// <param name="b">Place of the second.</param>
    /// <returns>The pair.</returns>
    public PairFigures Pair(int a, int b) => a < b ? Pairs.First(pair => pair.A == a && pair.B == b) : Pairs.First(pair => pair.A == b && pair.B == a).Mirrored();
}
