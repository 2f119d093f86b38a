using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board.Pages;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Doors;

/// <summary>Turns refusals and exceptions into a reply with the reason: a page for people, a problem document for programs.</summary>
internal sealed partial class ProblemGate(RequestDelegate next, ILogger<ProblemGate> logger)
{
    private const string NoRoute = "PIL1918  There is no such page. The list of runs leads to all of them; /openapi/v1.json describes the API.";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.ContentType is null && ProblemOf(context.Response.StatusCode) is { } problem)
                await Refuse(context, context.Response.StatusCode, [problem]);
        }
        catch (RefusedException refused)
        {
            await Refuse(context, refused.Status, [refused.Message]);
        }
        catch (UserMistakeException mistake)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, mistake.Problems);
        }
        catch (BadHttpRequestException bad)
        {
            await Refuse(context, bad.StatusCode, [ProblemOf(bad)]);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
#pragma warning disable CA1031 // The top of a request: what arrives here is a defect; it is logged whole, and the dashboard goes on.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            LogDefect(defect, context.Request.Path);
            await Refuse(context, StatusCodes.Status500InternalServerError, ["PIL1999  A defect in the dashboard; the terminal that it was started in says more."]);
        }
    }

    private static Task Refuse(HttpContext context, int status, IReadOnlyList<string> problems)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        if (!PagePaths.IsPage(context.Request)) return HttpGate.Refuse(context, status, string.Join(' ', problems));
        return PageRoutes.Problem(status, ReasonPhrases.GetReasonPhrase(status), problems).ExecuteAsync(context);
    }

    // What the framework refuses comes without a reason.
    private static string? ProblemOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "PIL1917  The address in the request is not one of this dashboard. Open it as localhost or 127.0.0.1.",
        StatusCodes.Status404NotFound => NoRoute,
        StatusCodes.Status405MethodNotAllowed => "PIL1919  The route takes another method; /openapi/v1.json says which.",
        StatusCodes.Status413PayloadTooLarge => "PIL1913  The body is larger than any question to this dashboard.",
        StatusCodes.Status415UnsupportedMediaType => "PIL1917  The body is not declared as JSON. Send the header Content-Type: application/json.",
        _ => null,
    };

    private static string ProblemOf(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => ProblemOf(bad.StatusCode)!,
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => ProblemOf(bad.StatusCode)!,
        { InnerException: JsonException json } => $"PIL1917  The body cannot be read{(json.Path is { Length: > 1 } path ? $" at {path}" : "")}. See /openapi/v1.json for its form.",
        _ => $"PIL1917  The request cannot be read: {bad.Message.TrimEnd('.')}.",
    };

    [LoggerMessage(10, LogLevel.Error, "A defect in {Path}.")]
    private partial void LogDefect(Exception defect, string path);
}
