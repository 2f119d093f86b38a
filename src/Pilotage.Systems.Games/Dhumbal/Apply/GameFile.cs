using System.Globalization;
using System.Text.Json;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Reads house rules and players from JSON, so that each value's line and column are known to its messages.</summary>
internal static class GameFile
{
    /// <summary>What a file looks like, for messages.</summary>
    public const string Shape = "{\"rules\": {\"players\": 4}, \"agents\": [{\"name\": \"aggressive\"}, {\"name\": \"mine\", \"style\": {\"callLimit\": 8}}, ...]}";

    private const int FewestAgents = 2, MostAgents = 12;

    /// <summary>Reads a file.</summary>
    /// <param name="path">JSON; comments and trailing commas are forgiven.</param>
    /// <param name="start">What holds where the file says nothing.</param>
    /// <exception cref="UserMistakeException">Anything is wrong; holds all problems with line and column.</exception>
    public static (GameSettings Game, IReadOnlyList<ContestantPlan> Players) Read(string path, GameSettings start)
    {
        var reading = new JsonEntries(path);
        reading.Read(File.ReadAllBytes(path));
        var problems = new List<string>(reading.Problems);
        var game = Bind(GameSettings.Schema, start, reading.Top, problems);
        var players = reading.Agents.Select((agent, i) => Plan(path, i, agent, problems)).OfType<ContestantPlan>().ToList();
        if (problems.Count == 0) problems.AddRange(Misfits(path, game, players));
        UserMistakeException.ThrowIfAny(problems);
        return (game, players);
    }

    private static ContestantPlan? Plan(string path, int index, List<SettingEntry> entries, List<string> problems)
    {
        var before = problems.Count;
        var settings = Bind(ContestantSettings.Schema, new ContestantSettings(), entries, problems);
        if (problems.Count > before) return null;
        var kinds = entries.Select(entry => entry.Key.Split('.')[0].ToLowerInvariant()).Where(key => key is "style" or "search" or "policy" or "train").Distinct().ToList();
        var where = entries.Count > 0 ? entries[0].Where : path;
        if (settings.Name.Length == 0) problems.Add(Wrong("PIL1504", $"agents[{index}] has no name.", where, "Give each player a name of its own."));
        else if (kinds.Count > 1) problems.Add(Wrong("PIL1504", $"agents[{index}] \"{settings.Name}\" is given as {string.Join(" and ", kinds)}.", where, "Give one of them."));
        else if (kinds.Count == 0 && !AgentNames.BuiltIn.Contains(settings.Name))
        {
            var nearest = NearestName.Suggest(settings.Name, AgentNames.BuiltIn);
            problems.Add(Wrong("PIL1504", $"agents[{index}] \"{settings.Name}\" is no built-in player.", where,
                $"{(nearest is null ? "" : $"Did you mean {nearest}? ")}Built in: {string.Join(", ", AgentNames.BuiltIn)}. For another player give style, search, policy or train."));
        }
        return new(settings, kinds.FirstOrDefault() ?? "", where);
    }

    private static IEnumerable<string> Misfits(string path, GameSettings game, List<ContestantPlan> players)
    {
        if (players.Count < Math.Max(FewestAgents, game.Rules.Players))
            yield return Wrong("PIL1505", $"{players.Count} agents cannot fill a table of {game.Rules.Players}.", path, $"Give more agents, or fewer players in rules: {Shape}.");
        if (players.Count > MostAgents) yield return Wrong("PIL1505", $"{players.Count} agents are more than {MostAgents}.", path, "All tables that they can form are played; give fewer.");
        foreach (var twice in players.GroupBy(player => player.Settings.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return Wrong("PIL1505", $"Two agents are called \"{twice.Key}\".", twice.Last().Where, "Give each a name of its own; a style's parameters make a second one of a kind.");
    }

    private static T Bind<T>(SettingsSchema schema, T start, IReadOnlyList<SettingEntry> entries, List<string> problems) where T : notnull
    {
        try
        {
            return (T)SettingsBinder.Bind(schema, start, new SettingSource(entries));
        }
        catch (UserMistakeException mistake)
        {
            problems.AddRange(mistake.Problems);
            return start;
        }
    }

    private static string Wrong(string code, string what, string where, string advice) => new Mistake(code, what, where, advice).ToString();

    /// <summary>A JSON file as entries of settings: those of each agent apart from the rest.</summary>
    private sealed class JsonEntries(string path)
    {
        public List<string> Problems { get; } = [];

        public List<SettingEntry> Top { get; } = [];

        public List<List<SettingEntry>> Agents { get; } = [];

        public void Read(ReadOnlySpan<byte> bytes)
        {
            if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            try
            {
                var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) Tell(reader, bytes, "The file does not hold an object", $"Write {Shape}.");
                else Fields(ref reader, bytes, "", Top);
            }
            catch (JsonException problem)
            {
                Problems.Add(Wrong("PIL1503", "This is not JSON.", string.Create(CultureInfo.InvariantCulture, $"{path}, line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}"), $"Correct it; a game looks so: {Shape}."));
            }
        }

        private void Fields(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, string prefix, List<SettingEntry> to)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                var where = Place(reader, bytes);
                reader.Read();
                if (prefix.Length == 0 && ReferenceEquals(to, Top) && key == "agents") List(ref reader, bytes);
                else if (reader.TokenType == JsonTokenType.StartObject)
                {
                    var before = to.Count;
                    Fields(ref reader, bytes, $"{prefix}{key}.", to);
                    if (to.Count == before) to.Add(new(prefix + key, null, where));          // an empty group says what a player is
                }
                else if (reader.TokenType == JsonTokenType.StartArray)
                {
                    Problems.Add(Wrong("PIL1503", $"{prefix}{key} is a list where a value is needed.", where, "Give one value."));
                    reader.Skip();
                }
                else to.Add(new(prefix + key, reader.TokenType == JsonTokenType.Null ? null : Text(reader), where) { IsQuoted = reader.TokenType == JsonTokenType.String });
            }
        }

        private void List(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                Tell(reader, bytes, "agents is not a list", $"Write {Shape}.");
                reader.Skip();
                return;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Agents.Add([]);
                if (reader.TokenType == JsonTokenType.String) Agents[^1].Add(new("name", reader.GetString(), Place(reader, bytes)) { IsQuoted = true });
                else if (reader.TokenType == JsonTokenType.StartObject) Fields(ref reader, bytes, "", Agents[^1]);
                else
                {
                    Tell(reader, bytes, $"agents[{Agents.Count - 1}] is neither a name nor an object", $"Write {Shape}.");
                    Agents.RemoveAt(Agents.Count - 1);
                    reader.Skip();
                }
            }
        }

        private void Tell(in Utf8JsonReader reader, ReadOnlySpan<byte> bytes, string problem, string advice) => Problems.Add(Wrong("PIL1503", $"{problem}.", Place(reader, bytes), advice));

        private static string Text(in Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        };

        private string Place(in Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            var before = bytes[..(int)reader.TokenStartIndex];
            return string.Create(CultureInfo.InvariantCulture, $"{path}, line {before.Count((byte)'\n') + 1}, column {before.Length - before.LastIndexOf((byte)'\n')}");
        }
    }
}
