using Microsoft.OpenApi;

namespace Pilotage.Dashboard;

/// <summary>What the OpenAPI documents of the two servers say of themselves.</summary>
internal static class ApiDescription
{
    /// <summary>Sets the title, and, where a token is asked for, how it is sent.</summary>
    /// <param name="document">The document.</param>
    /// <param name="title">Of the server.</param>
    /// <param name="description">In a sentence.</param>
    /// <param name="isGuarded">Whether callers need a token.</param>
    /// <param name="openPaths">Paths that ask for none all the same.</param>
    public static void Describe(OpenApiDocument document, string title, string description, bool isGuarded, params ReadOnlySpan<string> openPaths)
    {
        (document.Info.Title, document.Info.Description) = (title, description);
        if (!isGuarded) return;
        const string scheme = "token";
        document.AddComponent<IOpenApiSecurityScheme>(scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The secret that the server was started with, in PILOTAGE_TOKEN." });
        document.Security = [new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] }];
        foreach (var path in openPaths)
            foreach (var operation in document.Paths[path].Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()) operation.Security = [];
    }
}
