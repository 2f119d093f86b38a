using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>The parts of a policy service, to be put into a web application that may have others.</summary>
internal static class ServingComposition
{
    /// <summary>Adds the policy, the desk, metrics and both protocols.</summary>
    /// <exception cref="UserMistakeException">There is no policy (PIL0901).</exception>
    public static IServiceCollection AddServing(this IServiceCollection services, ServingOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPilotagePolicy(options.Path, new ServedPolicyOptions { ReloadEvery = options.ReloadEvery });
        services.AddSingleton(options).AddSingleton<IDecider, FolderDecider>().AddSingleton<PolicyDesk>().AddSingleton<ServingMetrics>().AddSingleton<PrometheusText>();
        services.ConfigureHttpJsonOptions(json =>
        {
            // Ours first, and with our rules: what is read must fit, what is written leaves out what is not there.
            var own = MessageContext.Default.Options;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, MessageContext.Default);
            (json.SerializerOptions.NumberHandling, json.SerializerOptions.UnmappedMemberHandling) = (own.NumberHandling, own.UnmappedMemberHandling);
            (json.SerializerOptions.DefaultIgnoreCondition, json.SerializerOptions.PropertyNameCaseInsensitive) = (own.DefaultIgnoreCondition, false);
            (json.SerializerOptions.RespectNullableAnnotations, json.SerializerOptions.RespectRequiredConstructorParameters) = (true, true);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);          // so that one place writes all refusals
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<GrpcGate>();
            grpc.MaxReceiveMessageSize = options.MaximumBodyBytes;
        });
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            ApiDescription.Describe(document, "Pilotage policy service", "A decision policy: raw observation in, action out.", isGuarded: !string.IsNullOrEmpty(options.Token), "/health");
            return Task.CompletedTask;
        }));
        // A page of another site must not reach a service on loopback by a name that it makes point there.
        if (System.Net.IPAddress.IsLoopback(options.Host)) services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        return services;
    }

    /// <summary>Puts the gates before what follows.</summary>
    public static IApplicationBuilder UseServing(this IApplicationBuilder app, ServingOptions options)
    {
        app.UseMiddleware<HttpGate>();
        if (System.Net.IPAddress.IsLoopback(options.Host)) app.UseHostFiltering();
        return app.UseMiddleware<TokenGate>();
    }

    /// <summary>Adds the routes of both protocols and the OpenAPI document.</summary>
    public static void MapServing(this IEndpointRouteBuilder routes)
    {
        routes.MapPolicy();
        routes.MapOpenApi();
        routes.MapGrpcService<GrpcPolicy>();
    }
}
