using System.Text.RegularExpressions;

namespace Pilotage.Language.Tokenizers;

/// <summary>What comes before the merges: how a text is written and cut into pieces that no token crosses.</summary>
/// <param name="Patterns">One cut after the other: each match is a piece, and so is what lies between two.</param>
/// <param name="Space">What a space is written as, as in Llama 2's vocabulary; <see langword="null"/> where bytes are written as in GPT-2's.</param>
/// <param name="Prefix">Where one more space goes in front.</param>
internal sealed record TextSplitting(IReadOnlyList<Regex> Patterns, string? Space, SpacePrefix Prefix)
{
    /// <summary>The pieces of a text between two special tokens.</summary>
    /// <param name="text">May be empty.</param>
    /// <param name="isFirst">Whether the whole text begins here.</param>
    public IEnumerable<string> Pieces(string text, bool isFirst)
    {
        if (text.Length == 0) return [];
        var spaced = Prefix == SpacePrefix.Always || (Prefix == SpacePrefix.First && isFirst) ? " " + text : text;
        IEnumerable<string> pieces = [Space is null ? spaced : spaced.Replace(" ", Space, StringComparison.Ordinal)];
        return Patterns.Aggregate(pieces, (parts, pattern) => parts.SelectMany(part => Cut(part, pattern)));
    }

    private static IEnumerable<string> Cut(string text, Regex pattern)
    {
        var end = 0;
        for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Index > end) yield return text[end..match.Index];
            if (match.Length > 0) yield return match.Value;
            end = match.Index + match.Length;
        }
        if (end < text.Length) yield return text[end..];
    }
}
