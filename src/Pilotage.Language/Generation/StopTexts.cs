using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Generation;

/// <summary>Texts that end a response. Tokens and letters do not line up, so the response's end is looked at as text.</summary>
internal static class StopTexts
{
    /// <summary>Whether the last token completed one of the texts.</summary>
    public static bool Match(IReadOnlyList<string> stops, ReadOnlySpan<int> response, ITokenizer tokenizer)
    {
        if (stops.Count == 0) return false;
        var longest = 0;
        foreach (var stop in stops) longest = Math.Max(longest, stop.Length);
        var added = tokenizer.Decode(response[^1..]).Length;
        // A text that the last token completed begins at most so far back. Two tokens more, since the first ones of a piece may read differently on their own.
        var count = 1;
        while (count < response.Length && tokenizer.Decode(response[^count..]).Length < longest + added) count = Math.Min(2 * count, response.Length);
        var text = tokenizer.Decode(response[^Math.Min(count + 2, response.Length)..]);
        foreach (var stop in stops)
            if (text.Contains(stop, StringComparison.Ordinal)) return true;
        return false;
    }
}
