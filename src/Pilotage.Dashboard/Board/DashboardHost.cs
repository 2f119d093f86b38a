using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board.Live;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Environments;
using Pilotage.Systems;

namespace Pilotage.Dashboard.Board;

/// <summary>A running dashboard.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private const int MostBodyBytes = 64 * 1024;         // forms and questions are short
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app)
    {
        _app = app;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>How many runs it shows.</summary>
    public int RunCount => _app.Services.GetRequiredService<RunBook>().Now.Cards.Count;

    /// <summary>The runs, for tests.</summary>
    internal RunBook Book => _app.Services.GetRequiredService<RunBook>();

    /// <summary>Who is told of changes, for tests.</summary>
    internal LiveFeed Feed => _app.Services.GetRequiredService<LiveFeed>();

    /// <summary>Starts a dashboard. It runs until <see cref="StopAsync"/>; signals are the caller's.</summary>
    /// <param name="options">Where and of what.</param>
    /// <param name="systems">The systems that can be looked at and run.</param>
    /// <param name="environments">The environments that can be trained on.</param>
    /// <param name="logging">Adds where messages go; without it there are none.</param>
    /// <param name="cancelled">Stops the start.</param>
    /// <returns>The dashboard, listening.</returns>
    /// <exception cref="UserMistakeException">The options are unsafe (PIL1902) or name no folder (PIL1903), the port is taken (PIL1901), or the address cannot be listened at (PIL1904).</exception>
    public static async Task<DashboardHost> StartAsync(
        DashboardOptions options, IReadOnlyList<ISystem> systems, IReadOnlyList<EnvironmentEntry> environments, Action<ILoggingBuilder>? logging = null, CancellationToken cancelled = default)
    {
        options.Check();
        var app = Build(options, systems, environments, logging);
        try
        {
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

    /// <summary>Takes no new requests and ends the running ones. Runs that were started go on.</summary>
    /// <returns>When all have ended.</returns>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        await _app.StopAsync(patience.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();                               // the watch may be looking at the disk
        await _app.DisposeAsync();
    }

    private static WebApplication Build(DashboardOptions options, IReadOnlyList<ISystem> systems, IReadOnlyList<EnvironmentEntry> environments, Action<ILoggingBuilder>? logging)
    {
        var builder = QuietWeb.CreateBuilder(logging, Farewell);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Listen(options.Host, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddDashboard(options, systems, environments);
        var app = builder.Build();
        app.UseDashboard(options);
        app.MapDashboard();
        return app;
    }

    private static Mistake? Problem(DashboardOptions options, Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressInUseException || inner is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return new("PIL1901", $"Port {options.Port} at {options.Host} is in use.", "", "Is a dashboard open already? Otherwise give another port with --port; 0 takes any that is free.");
            if (inner is SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported } socket)
                return new("PIL1904", $"{options.Host} cannot be listened at with port {options.Port}: {socket.Message.TrimEnd('.')}.", "", "Give an address of this machine, and a port that you may use.");
        }
        return null;
    }
}
