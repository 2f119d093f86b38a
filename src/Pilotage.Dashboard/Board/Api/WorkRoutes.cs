using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pilotage.Dashboard.Board.Work;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Api;

/// <summary>What programs ask for to be done: start, stop, resume.</summary>
internal static class WorkRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void MapWorkRoutes(this IEndpointRouteBuilder routes)
    {
        Refused(routes.MapPost("/api/runs", Start).WithSummary("Starts a comparison of a system, or a training; answers when it has begun."));
        Refused(routes.MapPost("/api/runs/{name}/stop", Stop).WithSummary("Asks a run to save and end."));
        Refused(routes.MapPost("/api/runs/{name}/resume", Resume).WithSummary("Goes on with a run that stopped."));
    }

    private static async Task<Created<StartAnswer>> Start(StartQuestion question, RunStarter starter, CancellationToken cancelled)
    {
        if ((question.System is null) == (question.Algorithm is null || question.Environment is null))
            throw new UserMistakeException(new Mistake("PIL1927", "The question names neither a system nor an algorithm with its environment, or both.", "", "Name \"system\", or \"algorithm\" and \"environment\".").ToString());
        var name = await starter.Start(question, cancelled);
        return TypedResults.Created($"/api/runs/{Uri.EscapeDataString(name)}", new StartAnswer(name));
    }

    private static Accepted Stop(string name, RunStarter starter)
    {
        starter.Stop(name);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Accepted> Resume(string name, RunStarter starter, CancellationToken cancelled)
    {
        await starter.Resume(name, cancelled);
        return TypedResults.Accepted((string?)null);
    }

    private static void Refused(RouteHandlerBuilder route)
    {
        foreach (var status in new[] { 400, 401, 403, 404, 409, 413, 415, 507 }) route.Produces<Refusal>(status, "application/problem+json");
    }
}
