using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Pilotage.Dashboard.Serving;

/// <summary>What surrounds each HTTP request: counts and times it, and turns exceptions into a reply with the reason.</summary>
internal sealed partial class HttpGate(RequestDelegate next, ServingMetrics metrics, TimeProvider clock, ILogger<HttpGate> logger)
{
    // Quotes stay readable: a refusal is never part of a page.
    private static readonly MessageContext Readable = new(new(MessageContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private const string TooLarge = "PIL1714  The body is larger than this service takes. Send fewer observations at once.";
    private const string NoJson = "PIL1717  The body is not declared as JSON. Send the header Content-Type: application/json.";

    public async Task InvokeAsync(HttpContext context)
    {
        var start = clock.GetTimestamp();
        var isCall = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        // A call's message is held to the same limit where its length is read, which gives a status that callers understand.
        if (isCall && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            await next(context);
            if (!isCall && ProblemOf(context.Response.StatusCode) is { } problem) await Refuse(context, context.Response.StatusCode, problem);
        }
        catch (UserMistakeException mistake)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, mistake.Problems[0]);
        }
        catch (OverloadedException full)
        {
            context.Response.Headers.RetryAfter = "1";
            await Refuse(context, StatusCodes.Status503ServiceUnavailable, full.Message);
        }
        catch (BadHttpRequestException bad)
        {
            await Refuse(context, bad.StatusCode, ProblemOf(bad));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
#pragma warning disable CA1031 // The top of a request: what arrives here is a defect; it is logged whole, and the service goes on.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            LogDefect(defect, context.Request.Path);
            await Refuse(context, StatusCodes.Status500InternalServerError, "PIL1799  A defect in the service; its log says more.");
        }
        finally
        {
            // Of what is not ours only the status is kept: paths that callers invent would be a count each.
            var operation = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/') ?? "other";
            if (!isCall) metrics.Count("http", operation, $"{context.Response.StatusCode}", clock.GetElapsedTime(start));
        }
    }

    /// <summary>Writes a refusal.</summary>
    public static Task Refuse(HttpContext context, int status, string problem)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        var (code, detail) = Reason.Of(problem);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body, new(ReasonPhrases.GetReasonPhrase(status), status, code, detail), Readable.Refusal, context.RequestAborted);
    }

    // What the framework refuses comes without a reason.
    private static string? ProblemOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "PIL1718  There is no such route. There are /act, /act-batch, /policy, /health, /metrics and /openapi/v1.json.",
        StatusCodes.Status405MethodNotAllowed => "PIL1719  The route takes another method. Post to /act and /act-batch, get the others.",
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => NoJson,
        _ => null,
    };

    private static string ProblemOf(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => NoJson,
        { InnerException: JsonException json } => $"PIL1710  The body cannot be read{(json.Path is { Length: > 1 } path ? $" at {path}" : "")}: {Short(json)}. See /openapi/v1.json for its form.",
        _ when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => "PIL1710  The body is empty. See /openapi/v1.json for its form.",
        _ => $"PIL1710  The request cannot be read: {bad.Message.TrimEnd('.')}.",
    };

    // The serialiser speaks of its own types; callers know the document alone.
    private static string Short(JsonException json) => json.Message switch
    {
        var text when text.Contains("could not be mapped", StringComparison.Ordinal) => "there is no property of that name",
        var text when text.Contains("missing required properties", StringComparison.Ordinal) => $"it lacks {text[(text.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Split(" Path:")[0].TrimEnd('.')}",
        var text when text.Contains("allow null", StringComparison.Ordinal) => "it must not be null",
        var text when text.Contains("could not be converted", StringComparison.Ordinal) => "it is of another type than wanted",
        var text => text.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.'),
    };

    [LoggerMessage(10, LogLevel.Error, "A defect in {Path}.")]
    private partial void LogDefect(Exception defect, string path);
}
