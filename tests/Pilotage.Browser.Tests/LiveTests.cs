using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Pilotage.Lab.Runs;
using Xunit;

namespace Pilotage.Browser.Tests;

/// <summary>What happens on open pages by itself, and what visitors do to runs.</summary>
public sealed class LiveTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task NewRun_AppearsInTheListWithoutLosingTicksOrFocus()
    {
        await using var board = await Board.Start(runs => runs.Finished("one", minutesAgo: 5));
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByLabel("compare one").CheckAsync();
        await Listening(board);

        board.Runs.Training("two");

        await Assertions.Expect(visit.Page.Locator("tr[data-name=two] .badge")).ToHaveTextAsync("stopped");
        await Assertions.Expect(visit.Page.Locator("tbody tr").First).ToHaveAttributeAsync("data-name", "two");
        await Assertions.Expect(visit.Page.GetByLabel("compare one")).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("compare two")).Not.ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByLabel("compare one")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.GetByText("2 runs", new() { Exact = true })).ToBeVisibleAsync();

        Directory.Delete(board.Runs.In("two"), recursive: true);
        await Assertions.Expect(visit.Page.Locator("tr[data-name=two]")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Curve_GrowsWhileTheRunWrites_AndTheAnswerComesAtItsEnd()
    {
        await using var board = await Board.Start(runs => runs.Training("one", 5));
        using (RunLife.Begin(board.Runs.In("one")))
        {
            await using var first = await Board.Start();             // another dashboard open beside it changes nothing
            await using var visit = await browser.Open(board.Address);
            await visit.Page.GotoAsync("/runs/one");
            await Assertions.Expect(visit.Page.Locator(".lead")).ToContainTextAsync("Not known yet: it runs.");
            await visit.Page.GetByText("Numbers", new() { Exact = true }).ClickAsync();
            await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr")).ToHaveCountAsync(5);
            await Listening(board);

            board.Runs.Write("one", 2, first: 5);
            await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr")).ToHaveCountAsync(7);
            await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr").Last).ToContainTextAsync("7,000");

            await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Metric" }).SelectOptionAsync("entropy");
            await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr").Last).ToContainTextAsync("0.64");

            board.Runs.Report("one");
            await Assertions.Expect(visit.Page.Locator(".lead")).ToContainTextAsync("Yes: ppo is better than the heuristic");
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Metric" })).ToHaveValueAsync("entropy");
            await Assertions.Expect(visit.Page.Locator("[data-curves] > details")).ToHaveAttributeAsync("open", "");
            Assert.Empty(visit.Complaints);
        }
    }

    [Fact]
    public async Task Comparison_OnItsWay_ShowsItsTrialsAsTheyEnd()
    {
        await using var board = await Board.Start(runs => runs.Comparison("half").Progress("half", 3, secondsLeft: 5400));
        using (RunLife.Begin(board.Runs.In("half")))
        {
            await using var list = await browser.Open(board.Address);
            await list.Page.GotoAsync("/");
            await using var visit = await browser.Open(board.Address);
            await visit.Page.GotoAsync("/runs/half");
            var bar = visit.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Trials finished" });
            await Assertions.Expect(bar).ToHaveAttributeAsync("value", "3");
            await Assertions.Expect(visit.Page.Locator(".trial-bar")).ToContainTextAsync("3 of 9 trials");
            await Assertions.Expect(visit.Page.Locator(".trial-bar")).ToContainTextAsync("about 1 h 29 min left");
            var spent = await visit.Page.Locator("[data-way='1']").TextContentAsync();
            await Assertions.Expect(visit.Page.Locator("[data-way='1']")).Not.ToHaveTextAsync(spent!);         // it runs on between two messages
            await Until(() => board.Host.Feed.Listeners == 2);

            board.Runs.Progress("half", 4);

            await Assertions.Expect(bar).ToHaveAttributeAsync("value", "4");
            await Assertions.Expect(bar).ToHaveAttributeAsync("aria-valuetext", "4 of 9 trials");
            await Assertions.Expect(visit.Page.Locator(".lead")).ToHaveTextAsync("Not known yet: it runs. 4 of 9 trials.");
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "q-learning" })).ToContainTextAsync("3 of 8");
            await Assertions.Expect(visit.Page.GetByText("Not a verdict yet")).ToBeVisibleAsync();
            await Assertions.Expect(list.Page.Locator("tr[data-name=half] progress")).ToHaveAttributeAsync("value", "4");

            board.Runs.Study("half");
            await Assertions.Expect(visit.Page.Locator(".lead")).ToContainTextAsync("Yes: q-learning is better than threshold");
            await Assertions.Expect(bar).ToHaveCountAsync(0);
            Assert.Empty(visit.Complaints);
            Assert.Empty(list.Complaints);
        }
    }

    [Fact]
    public async Task Run_StartedStoppedAndResumed_ThroughTheBrowser()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var board = await Board.Start();
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/train");
        await visit.Page.GetByLabel("Environment steps").FillAsync("no number");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("steps is \"no number\"");
        await visit.Page.GetByLabel("Environment steps").FillAsync("20000000");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await visit.Page.WaitForURLAsync(new Regex("/runs/[0-9]{8}-[0-9]{6}-ppo-CartPole-v1-"));
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(visit.Page.Locator("[data-numbers] tbody tr").First).ToBeAttachedAsync();
        await Assertions.Expect(visit.Page.Locator(".log")).ToContainTextAsync("Training ppo on CartPole-v1");
        await visit.Keep("desktop-running");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and keep what is done" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("stopped");
        await Assertions.Expect(visit.Page.Locator(".lead")).ToContainTextAsync("At step");
        await Assertions.Expect(visit.Page.Locator(".log")).ToContainTextAsync("a checkpoint was written");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(visit.Page.Locator(".log")).ToContainTextAsync("from step");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and keep what is done" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("stopped");
        Assert.Contains("400", Assert.Single(visit.Complaints), StringComparison.Ordinal);             // the form that was refused, once
    }

    [Fact]
    public async Task Comparison_StartedFromASystemsPage_IsReported()
    {
        await using var board = await Board.Start();
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/systems/cloud-autoscaling");
        await visit.Page.Locator("summary", new() { HasText = "Settings" }).ClickAsync();
        await visit.Page.GetByLabel("service.bootSeconds").FillAsync("-1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("PIL01");

        await visit.Page.GotoAsync("/systems/cloud-autoscaling");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/runs/.*cloud-autoscaling"));
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Trials so far" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop and keep what is done" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1 .badge")).ToHaveTextAsync("stopped", new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Dashboard_ThatEnds_IsToldAndFoundAgain()
    {
        await using var board = await Board.Start(runs => runs.Finished("one"));
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/");
        await Listening(board);

        await board.Host.StopAsync();

        await Assertions.Expect(visit.Page.Locator("#connection")).ToHaveTextAsync("The dashboard does not answer. What you see is as it was.");
        await Assertions.Expect(visit.Page.GetByText("1 run", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task HiddenTab_GivesItsConnectionBack()
    {
        await using var board = await Board.Start(runs => runs.Finished("one"));
        await using var visit = await browser.Open(board.Address);
        await visit.Page.GotoAsync("/");
        await Listening(board);

        await visit.Page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");
        await Until(() => board.Host.Feed.Listeners == 0);
        board.Runs.Training("two", minutesAgo: -1);
        await Until(() => board.Host.Book.Now.Cards.Count == 2);
        await visit.Page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: false, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");

        await Assertions.Expect(visit.Page.Locator("tr[data-name=two]")).ToBeVisibleAsync();           // what it missed comes first
    }

    private static Task Listening(Board board) => Until(() => board.Host.Feed.Listeners > 0);

    private static async Task Until(Func<bool> condition)
    {
        var start = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(start.Elapsed < TimeSpan.FromMinutes(1), "It did not happen.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
