using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>A running policy service: HTTP and gRPC at two ports, one policy that newer ones replace without a pause.</summary>
public sealed class ServingHost : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);
    private readonly WebApplication _app;

    private ServingHost(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        (Http, Grpc) = (addresses[0], addresses[1]);
    }

    /// <summary>Where HTTP is served.</summary>
    public Uri Http { get; }

    /// <summary>Where gRPC is served.</summary>
    public Uri Grpc { get; }

    /// <summary>The policy that decides.</summary>
    public ServedPolicy Policy => _app.Services.GetRequiredService<ServedPolicy>();

    /// <summary>The desk, for tests.</summary>
    internal PolicyDesk Desk => _app.Services.GetRequiredService<PolicyDesk>();

    /// <summary>Starts a service. It runs until <see cref="StopAsync"/>; signals are the caller's.</summary>
    /// <param name="options">Where, what and how much.</param>
    /// <param name="logging">Adds where messages go; without it there are none.</param>
    /// <param name="cancelled">Stops the start.</param>
    /// <returns>The service, listening.</returns>
    /// <exception cref="UserMistakeException">
    /// There is no policy or it cannot be used (PIL0901 and those of <see cref="Policies.PolicyFile"/>), the options are unsafe (PIL1702, PIL1703), a port is taken (PIL1701), or the address
    /// cannot be listened at (PIL1704).
    /// </exception>
    public static Task<ServingHost> StartAsync(ServingOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancelled = default) =>
        StartAsync(options, logging, static _ => { }, cancelled);

    /// <summary>The same with other parts, for a bench that puts another runtime behind the desk.</summary>
    internal static async Task<ServingHost> StartAsync(ServingOptions options, Action<ILoggingBuilder>? logging, Action<IServiceCollection> replace, CancellationToken cancelled)
    {
        options.Check();
        var app = Build(options, logging, replace);
        try
        {
            _ = app.Services.GetRequiredService<ServedPolicy>();                         // read now: not at the first request
            _ = app.Services.GetRequiredService<PrometheusText>();                       // listens from the first request on
            await app.StartAsync(cancelled);
            return new(app);
        }
        catch (Exception failure)
        {
            await app.DisposeAsync();
            if (Problem(options, failure) is { } problem) throw new UserMistakeException(problem.ToString());
            throw;
        }
    }

    /// <summary>Takes no new requests and lets the running ones end, for ten seconds at most.</summary>
    /// <returns>When all have ended.</returns>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        await _app.StopAsync(patience.Token);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(ServingOptions options, Action<ILoggingBuilder>? logging, Action<IServiceCollection> replace)
    {
        var builder = QuietWeb.CreateBuilder(logging, Farewell);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MaximumConnections;
            kestrel.Listen(options.Host, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(options.Host, options.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddServing(options);
        replace(builder.Services);
        var app = builder.Build();
        app.UseServing(options);
        app.MapServing();
        return app;
    }

    private static Mistake? Problem(ServingOptions options, Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressInUseException || inner is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return new("PIL1701", $"Port {TakenPort(failure, options)} at {options.Host} is in use.", "", "Stop what uses it, or give other ports with --port and --grpc-port; 0 takes any that is free.");
            }
            if (inner is SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported } socket)
                return new("PIL1704", $"{options.Host} cannot be listened at with the ports {options.Port} and {options.GrpcPort}: {socket.Message.TrimEnd('.')}.", "", "Give an address of this machine, and ports that you may use.");
        }
        return null;
    }

    // Kestrel's message names the address that failed, its exception does not.
    private static int TakenPort(Exception failure, ServingOptions options) => failure.Message.Contains($":{options.GrpcPort}:", StringComparison.Ordinal) ? options.GrpcPort : options.Port;
}
