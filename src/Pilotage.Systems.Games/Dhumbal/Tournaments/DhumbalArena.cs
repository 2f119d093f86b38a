using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Lets players, of one's own too, play each other: every table that they can form, every deal in every rotation.</summary>
/// <example>
/// <code>
/// var result = DhumbalArena.Play(new HouseRules(), [new("mine", new MyBot()), .. DhumbalArena.BuiltIn("aggressive", "balanced", "random")], deals: 256, seed: 0);
/// </code>
/// </example>
public static class DhumbalArena
{
    /// <summary>Players that need no training, by name.</summary>
    /// <param name="names">aggressive, conservative, balanced, opportunistic, random, mcts, ismcts, ismcts-rules.</param>
    /// <returns>One contestant per name.</returns>
    /// <exception cref="ArgumentException">A name is none of these.</exception>
    public static IReadOnlyList<Contestant> BuiltIn(params IReadOnlyList<string> names) => [.. names.Select(name => new Contestant(name, AgentNames.Create(name, new())))];

    /// <summary>Plays a tournament on one thread.</summary>
    /// <param name="rules">House rules.</param>
    /// <param name="players">At least as many as sit at a table; names are told apart.</param>
    /// <param name="deals">Deals for each table, at least 1.</param>
    /// <param name="seed">The same one gives the same rounds, if the players draw from what they are given alone.</param>
    /// <param name="cancellation">Looked at between deals.</param>
    /// <returns>Figures, ranking and pairs.</returns>
    /// <exception cref="UserMistakeException">The rules contradict themselves; holds all problems.</exception>
    /// <exception cref="ArgumentException">There are too few players, or two of one name.</exception>
    /// <exception cref="RunFailedException">A player's move is not legal.</exception>
    public static TournamentResult Play(HouseRules rules, IReadOnlyList<Contestant> players, int deals, long seed, CancellationToken cancellation = default)
    {
        UserMistakeException.ThrowIfAny([.. SettingsBinder.Check(HouseRules.Schema, rules).Select(mistake => mistake.ToString())]);
        ArgumentOutOfRangeException.ThrowIfLessThan(deals, 1);
        if (players.Count < rules.Players) throw new ArgumentException($"{players.Count} players cannot fill a table of {rules.Players}.", nameof(players));
        if (players.Select(player => player.Name).Distinct().Count() < players.Count) throw new ArgumentException("Two players have the same name.", nameof(players));
        return Play(new GameSettings { Rules = rules, Deals = deals }, players, SeedTree.Root(seed).Evaluation, log: null, told: null, cancellation);
    }

    /// <summary>The same with a log, and the table told that is about to be played.</summary>
    internal static TournamentResult Play(GameSettings game, IReadOnlyList<Contestant> players, SeedTree seeds, ReplayWriter? log, Action<int, int>? told, CancellationToken cancellation)
    {
        var tables = Tables.Of(players.Count, game.Rules.Players);
        var standings = new Standings(players, game);
        var isLogged = (long)tables.Count * game.Deals * game.Rules.Players <= LoggedRounds;
        for (var i = 0; i < tables.Count; i++)
        {
            told?.Invoke(i, tables.Count);
            var table = new TournamentTable(game.Rules, [.. tables[i].Select(player => players[player])], seeds) { Bankrupt = game.Bankrupt, Log = isLogged || i == 0 ? log : null };
            table.Play(i * game.Deals, game.Deals, Seating.Fair, cancellation);
            standings.Add(tables[i], table);
        }
        return standings.Sum();
    }

    private const int LoggedRounds = 20_000;             // a log of more is kept of the first table alone
}
