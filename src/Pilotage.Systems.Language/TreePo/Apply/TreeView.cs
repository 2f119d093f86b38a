using System.Globalization;
using System.Net;
using System.Text;
using Pilotage.Credit;
using Pilotage.Language.Tokenizers;
using Pilotage.Language.Trees;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>One tree as text and as a page: segments, and at each leaf its reward, its advantage at each depth, and what they come to.</summary>
internal static class TreeView
{
    private const int TextWidth = 44;

    /// <summary>As plain text of 80 columns at usual depths.</summary>
    /// <param name="tree">Any.</param>
    /// <param name="tokenizer">Of its tokens.</param>
    /// <param name="weighting">How levels share in the advantage.</param>
    public static string Text(RolloutTree tree, ITokenizer tokenizer, SubgroupWeighting weighting)
    {
        var text = new StringBuilder();
        text.AppendLine(Shortened(tree.Group.Problem.Prompt, TextWidth + 30));
        Write(new(tree, tokenizer, weighting), tree.Root, "", text);
        text.AppendLine("leaf: reward | advantage at depths 0, 1, .. (leaves there) | advantage before whitening");
        return text.ToString();
    }

    /// <summary>As a page without anything from outside.</summary>
    /// <param name="tree">Any.</param>
    /// <param name="tokenizer">Of its tokens.</param>
    /// <param name="weighting">How levels share in the advantage.</param>
    public static string Html(RolloutTree tree, ITokenizer tokenizer, SubgroupWeighting weighting)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>A tree of answers</title><style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark} ul{list-style:none;border-left:1px solid #8886;padding-left:1.2rem;margin:.2rem 0}
            code{white-space:pre-wrap} .right{color:#1a7f37} .wrong{color:#b35900} small{opacity:.75}</style>
            """);
        page.Append(CultureInfo.InvariantCulture, $"<h1>A tree of answers</h1><p><code>{WebUtility.HtmlEncode(tree.Group.Problem.Prompt)}</code></p>");
        page.Append("<p><small>At each leaf: its reward; its reward less the mean of those that share its ancestor at depth 0, 1, .. with their number; its advantage before whitening.</small></p>");
        WriteHtml(new(tree, tokenizer, weighting), tree.Root, page);
        return page.Append("</html>\n").ToString();
    }

    private static void Write(Shown shown, TreeNode node, string indent, StringBuilder text)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var (child, isLast) = (node.Children[i], i == node.Children.Count - 1);
            text.Append(indent).Append(isLast ? "`- " : "|- ").Append(Shortened(shown.TextOf(child), Math.Max(8, TextWidth - indent.Length)));
            if (shown.LeafOf(child) is { } leaf) text.Append("  ").Append(shown.Describe(leaf));
            text.AppendLine();
            Write(shown, child, indent + (isLast ? "   " : "|  "), text);
        }
    }

    private static void WriteHtml(Shown shown, TreeNode node, StringBuilder page)
    {
        if (node.Children.Count == 0) return;
        page.Append("<ul>");
        foreach (var child in node.Children)
        {
            page.Append("<li><code>").Append(WebUtility.HtmlEncode(shown.TextOf(child))).Append("</code>");
            if (shown.LeafOf(child) is { } leaf) page.Append(shown.IsRight(leaf) ? " <small class=\"right\">" : " <small class=\"wrong\">").Append(WebUtility.HtmlEncode(shown.Describe(leaf))).Append("</small>");
            WriteHtml(shown, child, page);
            page.Append("</li>");
        }
        page.Append("</ul>");
    }

    private static string Shortened(string text, int length)
    {
        text = text.Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length <= length ? text : text[..(length - 1)] + "~";
    }

    /// <summary>A tree with what its view looks up.</summary>
    private sealed class Shown(RolloutTree tree, ITokenizer tokenizer, SubgroupWeighting weighting)
    {
        private readonly Dictionary<TreeNode, int> _leaves = tree.Leaves.Index().ToDictionary(leaf => leaf.Item, leaf => leaf.Index);
        private readonly float[] _credit = tree.Credit(weighting);

        public int? LeafOf(TreeNode node) => _leaves.TryGetValue(node, out var leaf) ? leaf : null;

        public bool IsRight(int leaf) => tree.Group.Responses[leaf].Reward > 0;

        public string Describe(int leaf)
        {
            var levels = string.Join(' ', tree.Levels(leaf).Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Advantage:+0.00;-0.00;0.00}({level.Size})")));
            return string.Create(CultureInfo.InvariantCulture, $"{tree.Group.Responses[leaf].Reward:0.##} | {levels} | {_credit[leaf]:+0.000;-0.000;0.000}");
        }

        public string TextOf(TreeNode node)
        {
            // Any answer below the segment holds it.
            var leaf = tree.Leaves.Index().First(each => each.Item.FromRoot().Contains(node)).Index;
            var start = node.FromRoot().SkipLast(1).Sum(before => before.Tokens);
            var text = tokenizer.Decode(tree.Group.Responses[leaf].Tokens.AsSpan(start, node.Tokens));
            return text.Length == 0 ? "(end)" : text;
        }
    }
}
