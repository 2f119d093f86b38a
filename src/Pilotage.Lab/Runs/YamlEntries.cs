using Pilotage.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pilotage.Lab.Runs;

/// <summary>Reads a YAML file of nested mappings into entries with dotted keys and line numbers.</summary>
/// <remarks>Reads the parser's events and not a document: a document has forgotten duplicates and lines. Anchors, aliases and several documents are refused.</remarks>
internal sealed class YamlEntries
{
    // Settings nest two or three deep; a file that nests deeper is not one, and would only exhaust the stack.
    private const int DeepestNesting = 16;

    private readonly string _name;
    private readonly List<SettingEntry> _entries = [];
    private readonly List<Mistake> _mistakes = [];

    private YamlEntries(string name) => _name = name;

    /// <summary>Reads the text; what cannot be read is told in the source's mistakes.</summary>
    public static SettingSource Read(string text, string name)
    {
        var reader = new YamlEntries(name);
        var parser = new Parser(new StringReader(text));
        try
        {
            reader.ReadStream(parser);
        }
        catch (YamlException exception)
        {
            reader.RefuseText(exception.End, exception.Message.TrimEnd('.').ReplaceLineEndings(" "));
        }
        catch (Exception exception) when (exception is InvalidOperationException or EndOfStreamException)
        {
            // What the parser throws at some torn texts, such as a list that is not closed: found by trying random ones.
            reader.RefuseText(parser.Current?.End ?? Mark.Empty, "a bracket or a quotation mark is not closed");
        }

        return new(reader._entries) { Mistakes = reader._mistakes };
    }

    private void ReadStream(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) return;
        if (parser.TryConsume<MappingStart>(out _)) ReadMapping(parser, "", 1);
        else if (parser.Current is Scalar { Value.Length: 0 }) parser.MoveNext();
        else Refuse(parser.Current!, "does not begin with a key", "Write 'key: value' lines.");
        if (_mistakes.Count > 0) return;
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second)) Refuse(second, "has more than one document", "Keep the first and remove the line '---'.");
    }

    private void ReadMapping(Parser parser, string prefix, int depth)
    {
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                Refuse(parser.Current!, "has a key that is not a word", "Write 'key: value'.");
                parser.SkipThisAndNestedEvents();
                parser.SkipThisAndNestedEvents();
                continue;
            }

            ReadValue(parser, prefix + key.Value, key, depth);
        }
    }

    private void ReadValue(Parser parser, string key, Scalar at, int depth)
    {
        switch (parser.Current)
        {
            case Scalar scalar:
                parser.MoveNext();
                var isQuoted = scalar.Style != ScalarStyle.Plain;
                _entries.Add(new(key, scalar.Value.Length == 0 && !isQuoted ? null : scalar.Value, At(at.Start)) { IsQuoted = isQuoted });
                break;
            case MappingStart when depth < DeepestNesting:
                parser.MoveNext();
                ReadMapping(parser, key + ".", depth + 1);
                break;
            case SequenceStart:
                parser.MoveNext();
                ReadSequence(parser, key, at);
                break;
            case MappingStart deep:
                Refuse(deep, $"nests deeper than {DeepestNesting} levels", "No setting lies that deep.");
                parser.SkipThisAndNestedEvents();
                break;
            case var other:
                Refuse(other!, $"gives {key} by an anchor or an alias", "Write the value itself.");
                parser.SkipThisAndNestedEvents();
                break;
        }
    }

    private void ReadSequence(Parser parser, string key, Scalar at)
    {
        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (parser.TryConsume<Scalar>(out var item))
            {
                items.Add(item.Value);
                continue;
            }

            Refuse(parser.Current!, $"has something other than a value in the list {key}", "Lists hold plain values only.");
            parser.SkipThisAndNestedEvents();
        }

        _entries.Add(new(key, null, At(at.Start)) { Items = items });
    }

    private void Refuse(ParsingEvent at, string what, string advice) => _mistakes.Add(new("PIL0111", $"{_name} {what}.", At(at.Start), advice));

    private string At(Mark mark) => $"{_name}, line {mark.Line}";

    private void RefuseText(Mark at, string reason) =>
        _mistakes.Add(new("PIL0111", $"{_name} is not readable as YAML: {reason}.", At(at), "Write one 'key: value' a line, indented by blanks."));
}
