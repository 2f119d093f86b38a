using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Pilotage.Dashboard.Board.Live;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Systems;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Api;

/// <summary>What programs and pages read: lists, reports, metrics, files, changes as they happen.</summary>
internal static class RunRoutes
{
    private const int LogBytes = 64 * 1024;

    /// <summary>Adds the routes.</summary>
    public static void MapRunRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs", List).WithSummary("A page of the list of runs: q filters by words, status by state, sort is newest, oldest, name or status.");
        routes.MapGet("/api/runs/{name}", Details).WithSummary("One run: state, answer, configuration, files.");
        routes.MapGet("/api/runs/{name}/metrics", Metrics).WithSummary("Metrics of a training over environment steps; after is what the last answer called next.");
        routes.MapGet("/api/runs/{name}/log", Log).WithSummary("The end of what a run printed that the dashboard started.");
        routes.MapGet("/api/systems", Systems).WithSummary("The systems that can be run.");
        routes.MapGet("/api/changes", Changes).WithSummary("Server-sent events: which runs changed, as it happens.");
        routes.MapGet("/runs/{name}/files/{**path}", Download);
    }

    private static Ok<RunListAnswer> List(RunBook book, RunReader reader, string? q = null, string? status = null, string? sort = null, int? page = null, int? size = null)
    {
        var now = book.Now;
        var selection = RunQuery.Read(q, status, sort, page, size).Of(now.Cards);
        return TypedResults.Ok(new RunListAnswer(now.Revision, selection.All, selection.Fitting, selection.Query.Page, selection.Pages, [.. selection.Cards.Select(card => AnswerOf(card, reader.Progress(card)))]));
    }

    private static Ok<RunDetailsAnswer> Details(string name, RunReader reader)
    {
        var run = reader.Read(name);
        var configuration = run.Settings.GroupBy(line => line.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        return TypedResults.Ok(new RunDetailsAnswer(AnswerOf(run.Card, run.Progress), run.Answer?.Answer, run.CanResume, run.Command, configuration, [.. ArmsOf(run.Progress)], run.Files));
    }

    private static Ok<MetricLines> Metrics(string name, RunBook book, long after = 0)
    {
        book.Find(name);
        return TypedResults.Ok(MetricLines.Read(Path.Combine(book.FolderOf(name), "metrics.jsonl"), after));
    }

    private static Ok<LogAnswer> Log(string name, RunBook book, Secrets secrets)
    {
        book.Find(name);
        return TypedResults.Ok(new LogAnswer(secrets.Hide(RunFiles.Tail(Path.Combine(book.FolderOf(name), RunFolder.LogName), LogBytes))));
    }

    private static Ok<IReadOnlyList<SystemAnswer>> Systems(SystemBook systems) => TypedResults.Ok<IReadOnlyList<SystemAnswer>>(
    [
        .. systems.All.Select(system => system.Description).Select(it => new SystemAnswer(
            it.Slug, it.Title, it.Source, it.Family, it.Summary, it.Minutes.ToDictionary(pair => Words.Of(pair.Key), pair => pair.Value))),
    ]);

    private static ServerSentEventsResult<LiveChange> Changes(LiveFeed feed, IHostApplicationLifetime life, HttpContext context)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, context.RequestAborted);
        context.Response.RegisterForDispose(either);
        return TypedResults.ServerSentEvents(feed.Listen(either.Token));
    }

    // What a run left is given to be kept and never shown as a page of this site: a picture or a page may hold a script.
    private static IResult Download(string name, RunBook book, Secrets secrets, HttpContext context, string path = "")
    {
        book.Find(name);
        var file = RunFiles.Find(book.FolderOf(name), path);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        var kind = Path.GetExtension(file) switch
        {
            ".svg" => "image/svg+xml",
            ".json" => "application/json",
            ".html" => "text/html; charset=utf-8",
            ".yaml" or ".txt" or ".jsonl" or ".csv" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        };
        return path is "config.yaml" or RunFolder.LogName
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(secrets.Hide(File.ReadAllText(file))), kind, Path.GetFileName(file))
            : Results.File(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), kind, Path.GetFileName(file), enableRangeProcessing: true);
    }

    private static RunAnswer AnswerOf(RunCard card, RunProgress? progress) => new(card.Name, card.Title, Words.Of(card.State), card.Headline, card.Made, TrialsAnswer.Of(progress));

    private static IEnumerable<ArmAnswer> ArmsOf(RunProgress? progress) =>
        progress?.Arms.Select(arm => new ArmAnswer(arm.Phase, arm.Arm, arm.Done, arm.Trials, progress.Metric, arm.Mean, Math.Round(arm.Seconds, 3))) ?? [];
}
