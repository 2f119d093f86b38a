using Pilotage.Dashboard.Board.Systems;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Systems;

public sealed class ReadmePageTests
{
    private static readonly Dictionary<string, string> Slugs = new() { ["Hdpo"] = "hdpo" };

    [Fact]
    public void Render_Headings_AreBelowThePagesOwn() => Assert.Equal("<h2 id=\"readme-title\">Title</h2>\n<h3 id=\"readme-part\">Part</h3>\n", Html("# Title\n\n## Part\n"));

    [Fact]
    public void Render_Tables_AreTables() => Assert.Contains("<th>b</th>", Html("| a | b |\n|---|---|\n| 1 | 2 |\n"), StringComparison.Ordinal);

    [Fact]
    public void Render_Html_IsShownAsText() => Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n", Html("<script>alert(1)</script>"));

    [Theory]
    [InlineData("[words](../../../docs/runs.md)", "<p>words</p>\n")]
    [InlineData("[*words*](Study/Arm.cs#L3)", "<p><em>words</em></p>\n")]
    [InlineData("![words](picture.png)", "<p>words</p>\n")]
    [InlineData("[words](javascript:alert(1))", "<p>words</p>\n")]
    [InlineData("[words](http://plain.example)", "<p>words</p>\n")]
    [InlineData("[words](../Hdpo/README.md)", "<p><a href=\"/systems/hdpo\">words</a></p>\n")]
    [InlineData("[words](../Unknown/README.md)", "<p>words</p>\n")]
    [InlineData("[words](#part)", "<p><a href=\"#readme-part\">words</a></p>\n")]
    [InlineData("[words](https://example.org/x)", "<p><a href=\"https://example.org/x\" rel=\"noreferrer\">words</a></p>\n")]
    public void Render_Links_LeadToPagesOrNowhere(string markdown, string html) => Assert.Equal(html, Html(markdown));

    private static string Html(string markdown) => ReadmePage.Render(markdown, Slugs);
}
