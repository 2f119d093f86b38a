using Microsoft.Playwright;
using Xunit;

namespace Pilotage.Browser.Tests;

/// <summary>A folder of 10,000 runs.</summary>
public sealed class ManyRunsTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task TenThousand_AreAPageOfFiftyThatIsSearchedAndFollowed()
    {
        await using var board = await Board.Start(Fill);
        await using var visit = await browser.Open(board.Address);
        var page = visit.Page;
        await page.GotoAsync("/", new() { Timeout = 60_000 });

        await Assertions.Expect(page.GetByText("10,000 runs", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Link, new() { Name = "older page" }).ClickAsync();
        await Assertions.Expect(page.GetByText("page 2 of 200")).ToBeVisibleAsync();
        await page.GetByLabel("Search").FillAsync("run-04711");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByLabel("Search").FillAsync("");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);

        board.Runs.Training("brand-new", minutesAgo: -10_000_000);
        await Assertions.Expect(page.Locator("tbody tr").First).ToHaveAttributeAsync("data-name", "brand-new");
        await visit.Keep("desktop-many");
        Assert.Empty(visit.Complaints);
    }

    // Small folders: what counts is their number.
    private static void Fill(Dashboard.Tests.Board.SampleRuns runs)
    {
        for (var i = 0; i < 10_000; i++)
        {
            Directory.CreateDirectory(runs.In($"run-{i:D5}"));
            File.WriteAllText(runs.In($"run-{i:D5}", "config.yaml"), "run:\n  command: run\n  system: cloud-autoscaling\n  scale: smoke\n");
        }
    }
}
