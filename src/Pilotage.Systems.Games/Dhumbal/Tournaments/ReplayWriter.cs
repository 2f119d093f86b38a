using System.Text.Encodings.Web;
using System.Text.Json;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Writes rounds as lines of JSON that people can read and <see cref="ReplayFile"/> can play again.</summary>
internal sealed class ReplayWriter
{
    private readonly TextWriter _output;
    private SeedTree _deal;
    private int _start;
    private IReadOnlyList<string> _names = [];

    /// <param name="output">Receives a first line with the rules, then one line a round.</param>
    /// <param name="rules">House rules of all rounds.</param>
    public ReplayWriter(TextWriter output, HouseRules rules)
    {
        _output = output;
        Line(json =>
        {
            json.WriteString("schema", ReplayFile.Schema);
            foreach (var (key, value) in SettingsText.Flatten(HouseRules.Schema, rules)) json.WriteString(key, value);
        });
    }

    /// <summary>Moves of the running round.</summary>
    public List<int> Moves { get; } = [];

    /// <summary>Begins a round.</summary>
    public void Begin(SeedTree deal, int start, IReadOnlyList<string> names)
    {
        (_deal, _start, _names) = (deal, start, names);
        Moves.Clear();
    }

    /// <summary>Writes the round that ended.</summary>
    public void End(DhumbalRound round, int[] changes) => Line(json =>
    {
        json.WriteString("deal", FormattableString.Invariant($"{_deal.Key:x16}"));
        json.WriteNumber("start", _start);
        json.WriteStartArray("seats");
        foreach (var name in _names) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("moves");
        foreach (var move in Moves) json.WriteStringValue(Dhumbal.Moves.Text(move));
        json.WriteEndArray();
        json.WriteString("end", RoundText.Of(round.End));
        json.WriteNumber("caller", round.Caller);
        json.WriteStartArray("hands");
        for (var seat = 0; seat < round.Players; seat++) json.WriteStringValue(Cards.Text(round.HandOf(seat)));
        json.WriteEndArray();
        json.WriteStartArray("coins");
        foreach (var change in changes) json.WriteNumberValue(change);
        json.WriteEndArray();
    });

    private void Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        _output.Write(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n");
    }
}
