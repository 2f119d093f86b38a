using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pilotage.Dashboard.Board.Assets;

/// <summary>Gives assets to browsers, which ask again each time whether theirs is still the one, and mostly hear that it is.</summary>
internal static class AssetRoutes
{
    /// <summary>Adds the route.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet($"{AssetStore.Path}/{{name}}", Give).ExcludeFromDescription();

    private static async Task Give(string name, AssetStore store, HttpContext context)
    {
        var response = context.Response;
        if (store.Find(name) is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        response.Headers.ETag = asset.Tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.ContentType = asset.Kind;
        if (context.Request.Headers.IfNoneMatch.ToString() == asset.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var isSmall = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        if (isSmall) response.Headers.ContentEncoding = "gzip";
        var bytes = isSmall ? asset.Small : asset.Bytes;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
