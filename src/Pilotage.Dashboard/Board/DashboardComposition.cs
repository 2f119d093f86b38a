using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pilotage.Dashboard.Board.Api;
using Pilotage.Dashboard.Board.Assets;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Dashboard.Board.Live;
using Pilotage.Dashboard.Board.Pages;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Systems;
using Pilotage.Dashboard.Board.Work;
using Pilotage.Environments;
using Pilotage.Systems;

namespace Pilotage.Dashboard.Board;

/// <summary>The parts of the dashboard, to be put into a web application.</summary>
internal static class DashboardComposition
{
    /// <summary>Adds runs, systems, the watch and what the pages need.</summary>
    public static IServiceCollection AddDashboard(
        this IServiceCollection services, DashboardOptions options, IReadOnlyList<ISystem> systems, IReadOnlyList<EnvironmentEntry> environments)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton(new SystemBook(systems, environments)).AddSingleton<RunBook>().AddSingleton<RunReader>().AddSingleton<LiveFeed>().AddSingleton<RunStarter>();
        services.AddSingleton<Sparklines>().AddSingleton<TrialBook>().AddSingleton<Secrets>().AddSingleton<TokenDoor>().AddSingleton<AssetStore>();
        services.AddHostedService<RunWatch>();
        services.AddRazorComponents();
        // Pages bring these keys along; nothing here is sealed with them, so none is written to the visitor's home or told of.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var keeper in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList()) services.Remove(keeper);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerContext.Default);
            var own = AnswerContext.Default.Options;
            (json.SerializerOptions.UnmappedMemberHandling, json.SerializerOptions.DefaultIgnoreCondition) = (own.UnmappedMemberHandling, own.DefaultIgnoreCondition);
            (json.SerializerOptions.RespectNullableAnnotations, json.SerializerOptions.RespectRequiredConstructorParameters) = (true, true);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);          // so that one place writes all refusals
        services.AddOpenApi(openApi =>
        {
            openApi.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                ApiDescription.Describe(document, "Pilotage dashboard", "Runs of a folder: lists, reports, metrics, files, and starting, stopping and resuming them.", isGuarded: !string.IsNullOrEmpty(options.Token));
                return Task.CompletedTask;
            });
        });
        // A page of another site must not reach a dashboard on loopback by a name that it makes point there.
        if (IPAddress.IsLoopback(options.Host)) services.Configure<HostFilteringOptions>(hosts => (hosts.AllowedHosts, hosts.IncludeFailureMessage) = (["localhost", "127.0.0.1", "[::1]"], false));
        return services;
    }

    /// <summary>Puts the gates before what follows: headers of replies, refusals, the host's name, the token, other sites' posts.</summary>
    public static IApplicationBuilder UseDashboard(this IApplicationBuilder app, DashboardOptions options)
    {
        app.UseMiddleware<ReplyHeaders>();
        app.UseMiddleware<ProblemGate>();
        if (IPAddress.IsLoopback(options.Host)) app.UseHostFiltering();
        app.UseMiddleware<OriginGate>();
        app.UseMiddleware<TokenGate>();
        return app;
    }

    /// <summary>Adds pages, the API with its document, and what browsers load.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapRunRoutes();
        routes.MapWorkRoutes();
        routes.MapPages();
        routes.MapPosts();
        routes.MapOpenApi();
    }
}
