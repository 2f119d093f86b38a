using Pilotage.Search;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Searches a tree of information sets: hidden cards are drawn anew in every simulation.</summary>
/// <remarks>
/// Source: arXiv:2510.11736 and Cowling, Powley and Whitehouse (2012), through <see cref="TreeSearch{TPosition}"/>. Differs from the paper: returns are coins over the most that can change
/// hands instead of coins; every player maximises its own return instead of the searcher's; how often an action was legal stands inside the logarithm (N is the number of simulations in which
/// it could be chosen) instead of before the root; the action with the most visits is played.
/// </remarks>
internal sealed class SearchAgent : IDhumbalAgent
{
    private readonly TreeSearch<DhumbalRound> _search;
    private readonly int[] _legal = new int[Moves.FirstDiscard + Discards.Count];

    /// <param name="simulations">For each decision.</param>
    /// <param name="exploration">In units of the most coins that can change hands.</param>
    /// <param name="playout">Plays simulations to their end; <see langword="null"/> for random play.</param>
    public SearchAgent(int simulations, double exploration, IDhumbalAgent? playout = null) =>
        _search = new(new() { Simulations = simulations, Exploration = exploration }, playout is null ? null : new RulePlayout(playout), new HiddenHands());

    /// <summary>Nodes of the last search; 0 if the last decision had one legal move only.</summary>
    public int Nodes { get; private set; }

    public bool Calls(SeatView seat, ref Randomness random) => Decide(seat, ref random) == Moves.Call;

    public int Discard(SeatView seat, ref Randomness random) => Decide(seat, ref random) - Moves.FirstDiscard;

    public bool TakesOffered(SeatView seat, ref Randomness random) => Decide(seat, ref random) == Moves.TakePile;

    private int Decide(SeatView seat, ref Randomness random)
    {
        Nodes = 0;
        if (seat.Round.ListLegal(_legal) == 1) return _legal[0];
        var move = _search.Decide(seat.Round, ref random);
        Nodes = _search.NodeCount;
        return move;
    }
}
