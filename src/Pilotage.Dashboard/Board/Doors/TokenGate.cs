using Microsoft.AspNetCore.Http;
using Pilotage.Dashboard.Board.Assets;
using Pilotage.Dashboard.Board.Pages;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Doors;

/// <summary>Lets nobody in without the token, where there is one: browsers get the page that asks for it.</summary>
internal sealed class TokenGate(RequestDelegate next, TokenDoor door)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (door.LetsIn(request) || request.Path == PagePaths.Enter || request.Path.StartsWithSegments(AssetStore.Path)) return next(context);
        if (PagePaths.IsPage(request) && HttpMethods.IsGet(request.Method))
        {
            context.Response.Redirect($"{PagePaths.Enter}?to={Uri.EscapeDataString(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return HttpGate.Refuse(context, StatusCodes.Status401Unauthorized, "PIL1915  The token is missing or wrong. Send the header Authorization: Bearer <token>, or enter it at /enter.");
    }
}
