namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Gathers the rounds of all tables.</summary>
/// <param name="players">Who plays.</param>
/// <param name="game">House rules.</param>
internal sealed class Standings(IReadOnlyList<Contestant> players, GameSettings game)
{
    private readonly List<RoundEntry>[] _own = [.. players.Select(_ => new List<RoundEntry>())];
    private readonly Dictionary<(int A, int B), List<(RoundEntry, RoundEntry)>> _shared = [];
    private int _rounds;
    private bool _isStopped;

    /// <summary>Adds a table that was played.</summary>
    /// <param name="seated">Which players sat there, in the table's order.</param>
    /// <param name="table">The table.</param>
    public void Add(int[] seated, TournamentTable table)
    {
        _rounds += table.Entries[0].Count;
        _isStopped |= table.IsStopped;
        for (var i = 0; i < seated.Length; i++)
        {
            _own[seated[i]].AddRange(table.Entries[i]);
            for (var j = i + 1; j < seated.Length; j++)
            {
                if (!_shared.TryGetValue((seated[i], seated[j]), out var rounds)) _shared.Add((seated[i], seated[j]), rounds = []);
                rounds.AddRange(table.Entries[i].Zip(table.Entries[j]));
            }
        }
    }

    /// <summary>Sums up.</summary>
    public TournamentResult Sum()
    {
        var figures = _own.Select(entries => AgentFigures.Of(entries, game.Rules.Players)).ToList();
        return new(
            players, game.Rules.Players, _rounds, figures, [.. Enumerable.Range(0, players.Count).OrderByDescending(player => figures[player].Coins)],
            [.. _shared.Select(pair => PairFigures.Of(pair.Key.A, pair.Key.B, pair.Value, _shared.Count))], _isStopped);
    }
}
