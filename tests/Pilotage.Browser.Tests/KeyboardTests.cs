using Microsoft.Playwright;
using Xunit;

namespace Pilotage.Browser.Tests;

/// <summary>The dashboard without a mouse.</summary>
public sealed class KeyboardTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Visitor_WithKeysAlone_FiltersComparesAndReads()
    {
        await using var board = await Board.Start(runs => runs.Finished("one").Finished("two", 150, algorithm: "a2c", minutesAgo: 1).Study("study", 2));
        await using var visit = await browser.Open(board.Address);
        var page = visit.Page;
        await page.GotoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByLabel("Search")).ToBeFocusedAsync();
        Assert.NotEqual("none", await page.GetByLabel("Search").EvaluateAsync<string>("it => getComputedStyle(it).outlineStyle"));
        await page.Keyboard.TypeAsync("cartpole");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByLabel("Search")).ToBeFocusedAsync();
        Assert.EndsWith("/?q=cartpole", page.Url, StringComparison.Ordinal);

        await TabTo(page, "compare one");
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, "compare two");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");                // the run's link
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("2 runs side by side");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Visitor_WithKeysAlone_StartsARun()
    {
        await using var board = await Board.Start(change: options => options with { Tool = ["/bin/sh", "-c", "printf 'PIL0406  No.\\n'; exit 2", "sh"] });
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/train");

        for (var i = 0; i < 20 && !await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).EvaluateAsync<bool>("it => it === document.activeElement"); i++) await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("PIL0406  No.");
    }

    private static async Task TabTo(IPage page, string label)
    {
        for (var i = 0; i < 20; i++)
        {
            if (await page.GetByLabel(label).EvaluateAsync<bool>("it => it === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"\"{label}\" is not reached.");
    }
}
