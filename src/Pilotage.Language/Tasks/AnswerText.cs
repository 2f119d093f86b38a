namespace Pilotage.Language.Tasks;

/// <summary>Finds the answer in a response.</summary>
internal static class AnswerText
{
    private const string Box = "\\boxed{";

    /// <summary>What stands in the last closed box.</summary>
    /// <returns>The text between the last closing mark and the opening mark before it, or <see langword="null"/> without both.</returns>
    public static string? Boxed(string text, char open, char close)
    {
        var end = text.LastIndexOf(close);
        var start = end < 0 ? -1 : text.LastIndexOf(open, end);
        return start < 0 ? null : text[(start + 1)..end];
    }

    /// <summary>What stands in the last \boxed{…}, braces inside it matched.</summary>
    /// <returns>The text, or <see langword="null"/> without a closed box.</returns>
    public static string? LatexBox(string text)
    {
        var start = text.LastIndexOf(Box, StringComparison.Ordinal);
        if (start < 0) return null;
        var depth = 1;
        for (var i = start + Box.Length; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0) return text[(start + Box.Length)..i];
        }
        return null;
    }

    /// <summary>What stands in the last &lt;answer&gt; tag.</summary>
    /// <returns>The text, or <see langword="null"/> without a closed tag.</returns>
    public static string? Tagged(string text)
    {
        var end = text.LastIndexOf("</answer>", StringComparison.Ordinal);
        var start = end < 0 ? -1 : text.LastIndexOf("<answer>", end, StringComparison.Ordinal);
        return start < 0 ? null : text[(start + "<answer>".Length)..end];
    }
}
