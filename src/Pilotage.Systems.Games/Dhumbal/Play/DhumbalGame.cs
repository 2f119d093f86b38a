using Pilotage.Policies;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Seats a person with opponents by name.</summary>
internal static class DhumbalGame
{
    private static readonly IReadOnlyList<string> Usual = [AgentNames.Aggressive, AgentNames.Balanced, AgentNames.Opportunistic, AgentNames.Conservative];

    /// <summary>Plays; see <see cref="IPlayable"/>.</summary>
    /// <exception cref="UserMistakeException">An opponent is neither built in nor a kept policy, or there are too many.</exception>
    public static void Play(PlayRequest request, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        var config = (DhumbalConfig)request.Settings;
        var (seats, problems) = (config.Rules.Players - 1, new List<string>());
        var names = request.Opponents.Count == 0 ? [.. Usual.Take(seats)] : request.Opponents.ToList();
        if (names.Count == 1) names = [.. Enumerable.Repeat(names[0], seats)];
        if (names.Count != seats)
            problems.Add(new Mistake("PIL1506", $"{names.Count} opponents do not fit a table of {config.Rules.Players}.", "", $"Name one, who sits on every other seat, or {seats}; --set rules.players changes the table.").ToString());
        var opponents = new List<Contestant>();
        foreach (var name in names)
        {
            try
            {
                var count = names.Count(other => other == name);
                var label = PolicyFile.Exists(name) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(name)) : name;
                opponents.Add(new(count > 1 ? $"{label} {opponents.Count + 1}" : label, Opponent(name, config)));
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems.Where(problem => !problems.Contains(problem)));
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        using var log = request.LogPath is { } path ? new StreamWriter(path) : null;
        new ConsoleGame(config.Rules, opponents, SeedTree.Root(request.Seed).Branch("play"), input, output) { Log = log is null ? null : new(log, config.Rules) }.Play(cancellation);
    }

    private static IDhumbalAgent Opponent(string name, DhumbalConfig config)
    {
        if (AgentNames.BuiltIn.Contains(name)) return AgentNames.Create(name, config.Search);
        if (PolicyFile.Exists(name)) return ContestantMaker.Load(name, config.Rules, device: null);
        var nearest = NearestName.Suggest(name, AgentNames.BuiltIn);
        throw new UserMistakeException(new Mistake(
            "PIL1506", $"\"{name}\" is no player.", "", $"{(nearest is null ? "" : $"Did you mean {nearest}? ")}Built in: {string.Join(", ", AgentNames.BuiltIn)}; or the folder of a policy that pilotage apply kept.").ToString());
    }
}
