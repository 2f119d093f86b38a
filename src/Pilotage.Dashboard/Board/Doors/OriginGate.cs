using Microsoft.AspNetCore.Http;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Doors;

/// <summary>Refuses what changes something on behalf of another site's page. Programs, which send neither header, pass: a browser always sends one of them.</summary>
internal sealed class OriginGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwn(request)
            ? next(context)
            : HttpGate.Refuse(context, StatusCodes.Status403Forbidden, "PIL1914  The request comes from a page of another site. Open the dashboard itself and do it there.");
    }

    private static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none")) return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }
}
