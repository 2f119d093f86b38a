using System.Net;
using System.Text.RegularExpressions;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board;

public sealed partial class PageTests : BoardFixture
{
    [Fact]
    public async Task Run_OfEachKind_SaysWhatItIs()
    {
        Runs.Finished("one").Study("study").Comparison("half").Comparison("under-way").Progress("under-way").Failed("failed").Newer("newer").Broken("broken").Applied("applied");
        await using var caller = await Start();
        foreach (var name in new[] { "one", "study", "half", "under-way", "failed", "newer", "broken", "applied" })
        {
            // What follows are keys and files, which other tests look at.
            var words = Words(await caller.Page($"/runs/{name}"));
            Snapshot.Matches(Folder.Anonymous(words[..words.IndexOf("\nConfiguration\n", StringComparison.Ordinal)]), $"run_{name}");
        }
    }

    [Fact]
    public async Task Runs_None_SaysWhatToDoFirst()
    {
        await using var caller = await Start();
        Snapshot.Matches(Folder.Anonymous(Words(await caller.Page("/"))), "runs_none");
    }

    [Fact]
    public async Task Runs_Some_ShowsThemNewestFirst()
    {
        Runs.Finished("one").Finished("two", 200, minutesAgo: 1).Study("study", 2).Failed("failed", 3).Comparison("under-way", 4).Progress("under-way");
        await using var caller = await Start();
        Snapshot.Matches(Words(await caller.Page("/")), "runs_some");
    }

    [Fact]
    public async Task Compare_Several_ShowsAnswersArmsAndWhatDiffers()
    {
        Runs.Finished("one").Finished("two", 150, seed: 4, algorithm: "a2c");
        await using var caller = await Start();

        Snapshot.Matches(Words(await caller.Page("/compare?run=one&run=two")), "compare_two");
        foreach (var query in new[] { "", "?run=one", "?run=one&run=one", string.Concat("?run=", string.Join("&run=", Enumerable.Range(0, 9))) })
            Assert.Contains("Allowed: 2 to 8.", await caller.Page($"/compare{query}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("There is no run &quot;nix&quot;", await caller.Page("/compare?run=one&run=nix", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_Pages_SayWhereToGo()
    {
        await using var caller = await Start();
        Snapshot.Matches(Words(await caller.Page("/runs/nix", HttpStatusCode.NotFound)), "unknown_run");
        Snapshot.Matches(Words(await caller.Page("/systems/cloud-autoscalin", HttpStatusCode.NotFound)), "unknown_system");
        Snapshot.Matches(Words(await caller.Page("/nowhere/at/all", HttpStatusCode.NotFound)), "unknown_page");
        Snapshot.Matches(Words(await caller.Page("/?status=asleep", HttpStatusCode.BadRequest)), "unknown_status");
    }

    [Fact]
    public async Task Texts_OfRuns_AreNeverMarkup()
    {
        Runs.Failed("failed");
        File.WriteAllText(Runs.In("failed", "failure.txt"), "<script>alert(1)</script>");
        File.WriteAllText(Runs.In("failed", "log.txt"), "</pre><img src=x onerror=alert(2)>");
        File.WriteAllText(Runs.In("failed", "a<b>&\".txt"), "");
        await using var caller = await Start();

        foreach (var path in new[] { "/", "/runs/failed", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/runs/%3Cscript%3Ealert(1)%3C%2Fscript%3E" })
        {
            using var reply = await caller.Client.GetAsync(path, Cancelled);
            var page = await reply.Content.ReadAsStringAsync(Cancelled);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("a<b>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Runs_OfOddAndLongNames_LeadToTheirPages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its file names hold fewer letters.");
        string[] names = ["a b#c%2Fd?e", "tea:time", "back\\slash", "<b>\"'&", "été 試験", new('x', 255)];
        foreach (var name in names) Runs.Comparison(name).Progress(name);
        await using var caller = await Start();

        var list = await caller.Page("/");
        foreach (var name in names)
        {
            var path = $"/runs/{Uri.EscapeDataString(name)}";
            Assert.Contains($"href=\"{path}\"", WebUtility.HtmlDecode(list), StringComparison.Ordinal);
            Assert.Contains("3 of 9 trials", await caller.Page(path), StringComparison.Ordinal);
            Assert.Equal(name, (await caller.Get($"/api{path}")).GetProperty("run").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task System_ShowsItsReadmeItsFormAndItsRuns()
    {
        Runs.Study("study");
        await using var caller = await Start(options => options with { Tool = ["true"] });
        var page = await caller.Page("/systems/cloud-autoscaling");

        Assert.Contains("name=\"set.service.bootSeconds\"", page, StringComparison.Ordinal);
        Assert.Contains("<article class=\"readme\">", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/runs/study\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<article class=\"readme\">.*href=\"(?!https://|#|/systems/)", page);
    }

    // What a reader sees: texts in their order, a line each.
    private static string Words(string page)
    {
        var body = Scripts.Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..], "");
        var lines = Tags.Replace(body, "\n").Split('\n').Select(line => WebUtility.HtmlDecode(line).Trim()).Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }

    [GeneratedRegex("<svg.*?</svg>|<noscript.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex Scripts { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags { get; }
}
