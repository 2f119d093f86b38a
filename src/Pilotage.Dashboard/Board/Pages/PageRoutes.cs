using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Systems;
using Pilotage.Dashboard.Board.Work;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Pages;

/// <summary>The pages. Each is rendered here as it stands; a script asks for it again when something changed and takes over what is new.</summary>
internal static class PageRoutes
{
    private const int LatestRuns = 5;

    /// <summary>Adds the routes.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", Runs);
        pages.MapGet("/runs/{name}", (string name, RunReader reader, RunStarter starter) => Run(reader.Read(name), starter));
        pages.MapGet("/compare", (HttpRequest request, RunReader reader) => Page<ComparePage>(new() { [nameof(ComparePage.Comparison)] = RunComparison.Of([.. request.Query["run"].OfType<string>()], reader) }));
        pages.MapGet("/systems", (SystemBook systems) => Page<SystemsPage>(new() { [nameof(SystemsPage.Systems)] = systems.All }));
        pages.MapGet("/systems/{slug}", (string slug, SystemBook systems, RunBook book, RunStarter starter) => System(slug, systems, book, starter));
        pages.MapGet("/train", (SystemBook systems, RunStarter starter) => Train(systems, starter));
        pages.MapGet(PagePaths.Enter, (string? to) => Page<EnterPage>(new() { [nameof(EnterPage.To)] = OwnPath(to) }));
    }

    /// <summary>A run, with what could not be done with it.</summary>
    public static RazorComponentResult Run(RunDetails run, RunStarter starter, IReadOnlyList<string>? problems = null) => Page<RunPage>(
        new() { [nameof(RunPage.Run)] = run, [nameof(RunPage.CanStart)] = starter.CanStart, [nameof(RunPage.Problems)] = Lines(problems) }, problems is null ? 200 : 400);

    /// <summary>A system, with what was refused.</summary>
    public static RazorComponentResult System(
        string slug, SystemBook systems, RunBook book, RunStarter starter, IReadOnlyDictionary<string, string>? given = null, IReadOnlyList<string>? problems = null)
    {
        var system = systems.Find(slug);
        return Page<SystemPage>(
            new()
            {
                [nameof(SystemPage.System)] = system,
                [nameof(SystemPage.Readme)] = ReadmePage.Of(system, ReadmePage.Slugs(systems.All)),
                [nameof(SystemPage.CanStart)] = starter.CanStart,
                [nameof(SystemPage.Cards)] = book.Now.Cards.Where(card => card.Title.StartsWith($"{slug}, ", StringComparison.Ordinal)).Take(LatestRuns).ToList(),
                [nameof(SystemPage.Problems)] = Lines(problems),
                [nameof(SystemPage.Given)] = given ?? new Dictionary<string, string>(),
            }, problems is null ? 200 : 400);
    }

    /// <summary>The form of a training, with what was refused.</summary>
    public static RazorComponentResult Train(SystemBook systems, RunStarter starter, IReadOnlyDictionary<string, string>? given = null, IReadOnlyList<string>? problems = null) => Page<TrainPage>(
        new()
        {
            [nameof(TrainPage.Environments)] = systems.Environments,
            [nameof(TrainPage.CanStart)] = starter.CanStart,
            [nameof(TrainPage.Problems)] = Lines(problems),
            [nameof(TrainPage.Given)] = given ?? new Dictionary<string, string>(),
        }, problems is null ? 200 : 400);

    /// <summary>The question for the token.</summary>
    public static RazorComponentResult Enter(string to, bool isWrong) => Page<EnterPage>(new() { [nameof(EnterPage.To)] = OwnPath(to), [nameof(EnterPage.IsWrong)] = isWrong }, isWrong ? 401 : 200);

    /// <summary>What went wrong.</summary>
    public static RazorComponentResult Problem(int status, string title, IReadOnlyList<string> problems) =>
        Page<ProblemPage>(new() { [nameof(ProblemPage.Title)] = title, [nameof(ProblemPage.Problems)] = Lines(problems) }, status);

    /// <summary>A path of this dashboard, or the list of runs: never another site.</summary>
    public static string OwnPath(string? to) => to is ['/', not ('/' or '\\'), ..] && !to.Any(char.IsControl) ? to : "/";

    private static RazorComponentResult Runs(
        RunBook book, RunReader reader, Sparklines curves, SystemBook systems, RunStarter starter, string? q = null, string? status = null, string? sort = null, int? page = null, int? size = null)
    {
        var selection = RunQuery.Read(q, status, sort, page, size).Of(book.Now.Cards);
        return Page<RunsPage>(new()
        {
            [nameof(RunsPage.Selection)] = selection,
            [nameof(RunsPage.Curves)] = selection.Cards.ToDictionary(card => card.Name, card => curves.Of(card.Name)),
            [nameof(RunsPage.Progress)] = selection.Cards.ToDictionary(card => card.Name, reader.Progress),
            [nameof(RunsPage.Folder)] = book.Folder,
            [nameof(RunsPage.First)] = systems.First,
            [nameof(RunsPage.CanStart)] = starter.CanStart,
        });
    }

    private static List<string> Lines(IReadOnlyList<string>? problems) => [.. (problems ?? []).Select(Reason.OneLine)];

    private static RazorComponentResult Page<TPage>(Dictionary<string, object?> parameters, int status = 200) where TPage : IComponent =>
        new(typeof(TPage), parameters) { StatusCode = status, ContentType = "text/html; charset=utf-8", PreventStreamingRendering = true };
}
