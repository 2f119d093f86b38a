using Microsoft.AspNetCore.Http;

namespace Pilotage.Dashboard.Board.Doors;

/// <summary>Headers of every reply: nothing from elsewhere, nothing inline, no frames, no guesses at types, nothing told to other sites.</summary>
internal sealed class ReplyHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";         // with none at all browsers hide from us where our own forms come from
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
