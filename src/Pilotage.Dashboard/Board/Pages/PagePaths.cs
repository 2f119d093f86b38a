using Microsoft.AspNetCore.Http;

namespace Pilotage.Dashboard.Board.Pages;

/// <summary>Where the pages are.</summary>
internal static class PagePaths
{
    /// <summary>The page that asks for the token.</summary>
    public const string Enter = "/enter";

    /// <summary>A run's page.</summary>
    public static string Run(string name) => $"/runs/{Uri.EscapeDataString(name)}";

    /// <summary>A file of a run.</summary>
    public static string File(string run, string path) => $"{Run(run)}/files/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>A system's page.</summary>
    public static string System(string slug) => $"/systems/{Uri.EscapeDataString(slug)}";

    /// <summary>Whether a request wants a page and no data.</summary>
    public static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/openapi") && !request.Path.StartsWithSegments(Assets.AssetStore.Path);
}
