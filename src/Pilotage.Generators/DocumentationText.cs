using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Pilotage.Generators;

/// <summary>The summary of a declaration as plain text.</summary>
/// <remarks>
/// Read from the comment's own lines and not from the symbol: a project without a documentation file does not parse comments,
/// and its settings need their help as much.
/// </remarks>
internal static class DocumentationText
{
    /// <summary>Flattens <c>&lt;summary&gt;</c>: tags become their words, white space one blank.</summary>
    /// <param name="declaration">The type or property.</param>
    /// <returns>Empty if there is no summary or if it is not well formed.</returns>
    public static string SummaryOf(SyntaxNode declaration)
    {
        var comment = new StringBuilder();
        foreach (var line in declaration.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (trimmed.StartsWith("///", StringComparison.Ordinal)) comment.Append(trimmed.Substring(3)).Append('\n');
        }

        try
        {
            var summary = XElement.Parse($"<member>{comment}</member>").Element("summary");
            if (summary is null) return "";
            var text = new StringBuilder();
            Append(text, summary);
            return string.Join(" ", text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            return "";                                                  // the compiler itself reports the malformed comment
        }
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            if (node is not XElement inner) continue;
            if (inner.Name.LocalName is "para" or "br" or "item") text.Append(' ');
            if (inner.IsEmpty) text.Append(NameIn(inner)); else Append(text, inner);
            if (inner.Name.LocalName is "para" or "br" or "item") text.Append(' ');
        }
    }

    private static string NameIn(XElement element)
    {
        var name = (string?)(element.Attribute("cref") ?? element.Attribute("langword") ?? element.Attribute("name") ?? element.Attribute("href")) ?? "";
        var parameters = name.IndexOf('(');
        if (parameters >= 0) name = name.Substring(0, parameters);
        return element.Attribute("cref") is null ? name : name.Substring(name.LastIndexOf('.') + 1);
    }
}
