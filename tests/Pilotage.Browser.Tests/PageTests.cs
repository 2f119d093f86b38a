using Microsoft.Playwright;
using Xunit;

namespace Pilotage.Browser.Tests;

/// <summary>Every page as a visitor sees it: nothing complains, nothing comes from elsewhere, nothing is wider than the window, nobody is kept out.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("runs", "/"), ("training", "/runs/one"), ("going-on", "/runs/open"), ("study", "/runs/study"), ("comparison-stopped", "/runs/half"), ("comparison-going-on", "/runs/under-way"), ("failed", "/runs/failed"), ("newer", "/runs/newer"),
        ("broken", "/runs/broken"), ("applied", "/runs/applied"), ("compare", "/compare?run=one&run=two&run=study"), ("systems", "/systems"), ("system", "/systems/cloud-autoscaling"),
        ("train", "/train"), ("unknown", "/runs/nothing"), ("filtered", "/?q=study&status=finished&sort=oldest"),
    ];

    [Theory]
    [InlineData("desktop", 1280, ColorScheme.Light)]
    [InlineData("narrow", 390, ColorScheme.Light)]
    [InlineData("narrowest", 320, ColorScheme.Light)]
    [InlineData("dark", 1280, ColorScheme.Dark)]
    public async Task EveryPage_FitsTheWindowAndComplainsOfNothing(string look, int width, ColorScheme scheme)
    {
        await using var board = await Board.Start(Fill);
        using var life = Lab.Runs.RunLife.Begin(board.Runs.In("under-way"));
        await using var visit = await browser.Open(board.Address, width, 800, scheme);

        foreach (var (name, path) in Pages)
        {
            await visit.Page.GotoAsync(path);
            if (await visit.Page.Locator("[data-curves]").CountAsync() > 0) await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr").First).ToBeAttachedAsync();
            await visit.Keep($"{look}-{name}");
            Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels");
        }

        Assert.All(visit.Complaints, complaint => Assert.Contains("404", complaint, StringComparison.Ordinal));        // the page of an unknown run is meant to be one
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_KeepNobodyOut(ColorScheme scheme)
    {
        await using var board = await Board.Start(Fill);
        using var life = Lab.Runs.RunLife.Begin(board.Runs.In("under-way"));
        await using var visit = await browser.Open(board.Address, scheme: scheme);
        var barriers = new List<string>();

        foreach (var path in new[] { "/", "/runs/one", "/runs/study", "/runs/under-way", "/runs/failed", "/compare?run=one&run=two", "/systems/cloud-autoscaling", "/train" })
        {
            await visit.Page.GotoAsync(path);
            // The README of a system is long, and its parts are those of any page.
            await visit.Page.EvaluateAsync("document.querySelector('.readme')?.remove()");
            barriers.AddRange((await visit.Barriers()).Select(barrier => $"{path}: {barrier}"));
        }

        Assert.Empty(barriers);
    }

    [Fact]
    public async Task NoRuns_SaysWhatToDoFirst()
    {
        await using var board = await Board.Start();
        await using var visit = await browser.Open(board.Address);

        await visit.Page.GotoAsync("/");
        await visit.Keep("desktop-empty");

        await Assertions.Expect(visit.Page.GetByText("There is no run in")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "cloud-autoscaling" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Motion_StaysAwayWhereItIsNotWanted()
    {
        await using var board = await Board.Start(runs => runs.Training("open"));
        using var life = Lab.Runs.RunLife.Begin(board.Runs.In("open"));
        await using var calm = await browser.Open(board.Address);
        await using var lively = await browser.Open(board.Address, motion: ReducedMotion.NoPreference);

        foreach (var (visit, expected) in new[] { (calm, "none"), (lively, "breathe") })
        {
            await visit.Page.GotoAsync("/");
            await Assertions.Expect(visit.Page.Locator(".state-running")).ToBeVisibleAsync();
            Assert.Equal(expected, await visit.Page.Locator(".state-running").EvaluateAsync<string>("it => getComputedStyle(it).animationName"));
        }
    }

    private static void Fill(Dashboard.Tests.Board.SampleRuns runs) =>
        runs.Finished("one", 480).Finished("two", 150, seed: 4, algorithm: "a2c", minutesAgo: 5).Training("open", minutesAgo: 1).Study("study", 3).Comparison("half", 4).Comparison("under-way").Progress("under-way").Failed("failed", 6).Newer("newer").Broken("broken").Applied("applied");
}
