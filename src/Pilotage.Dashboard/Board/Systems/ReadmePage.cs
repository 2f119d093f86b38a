using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Pilotage.Dashboard.Board.Pages;
using Pilotage.Systems;

namespace Pilotage.Dashboard.Board.Systems;

/// <summary>A system's README as a part of a page. HTML within it is shown as text; links that lead into the sources lose their target and keep their words.</summary>
internal static class ReadmePage
{
    private const string Prefix = "readme-";
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    /// <summary>The README as HTML; empty if the system brings none.</summary>
    /// <param name="system">Its assembly holds the text, under the last part of its namespace.</param>
    /// <param name="slugs">By folder, for links from one system to another.</param>
    public static string Of(ISystem system, IReadOnlyDictionary<string, string> slugs)
    {
        using var stream = system.GetType().Assembly.GetManifestResourceStream($"readme/{FolderOf(system)}");
        if (stream is null) return "";
        using var reader = new StreamReader(stream);
        return Render(reader.ReadToEnd(), slugs);
    }

    /// <summary>Folders of systems and their names.</summary>
    public static IReadOnlyDictionary<string, string> Slugs(IEnumerable<ISystem> systems) =>
        systems.GroupBy(FolderOf).ToDictionary(group => group.Key, group => group.First().Description.Slug);

    /// <summary>Renders a text.</summary>
    public static string Render(string markdown, IReadOnlyDictionary<string, string> slugs)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.OfType<HeadingBlock>())
        {
            heading.Level = Math.Min(6, heading.Level + 1);              // the page has a heading of its own, and parts with names of their own
            heading.GetAttributes().Id = Prefix + heading.GetAttributes().Id;
        }
        foreach (var link in document.Descendants<LinkInline>().ToList()) Settle(link, slugs);
        using var text = new StringWriter();
        var html = new HtmlRenderer(text);
        Pipeline.Setup(html);
        html.Render(document);
        return text.ToString();
    }

    private static void Settle(LinkInline link, IReadOnlyDictionary<string, string> slugs)
    {
        var target = link.Url ?? "";
        var parts = target.Split('#')[0].Split('/');
        if (!link.IsImage && (target.StartsWith('#') || target.StartsWith("https://", StringComparison.Ordinal)))
        {
            if (target.StartsWith('#')) link.Url = $"#{Prefix}{target[1..]}";
            else link.GetAttributes().AddProperty("rel", "noreferrer");
            return;
        }
        if (!link.IsImage && parts is [.., var folder, "README.md"] && slugs.TryGetValue(folder, out var slug))
        {
            link.Url = PagePaths.System(slug);
            return;
        }
        // The words stay, in the place of the link.
        var words = new ContainerInline();
        while (link.FirstChild is { } child)
        {
            child.Remove();
            words.AppendChild(child);
        }
        link.ReplaceBy(words, copyChildren: false);
    }

    private static string FolderOf(ISystem system) => system.GetType().Namespace!.Split('.')[^1];
}
