using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Messaging;
using Pilotage.Cluster.Work;
using StackExchange.Redis;

namespace Pilotage.Cluster.Hosting;

/// <summary>Makes and starts what Orleans runs in this process: a silo, which is a full member of the cluster, or a client, which only asks.</summary>
internal static class ClusterHost
{
    private const string Service = "pilotage";

    /// <summary>Starts the silo that an embedded cluster begins with; its memory is the membership.</summary>
    public static Task<IHost> StartFirstAsync(string name, SiloPlace place, CoordinatorSettings settings, CancellationToken cancellation) =>
        StartSiloAsync(name, place, settings, silo => silo.UseDevelopmentClustering(new IPEndPoint(place.Address, place.Port)), cancellation);

    /// <summary>Starts a silo that joins an embedded cluster.</summary>
    /// <param name="first">The cluster's first silo.</param>
    /// <param name="place">Where to listen.</param>
    /// <param name="settings">Of the coordinator.</param>
    /// <param name="lost">Is called if the others declare this silo dead; the process must end then.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <exception cref="UserMistakeException">The run's certificate is another.</exception>
    public static async Task<IHost> JoinAsync(EmbeddedAddress first, SiloPlace place, CoordinatorSettings settings, Action? lost, CancellationToken cancellation)
    {
        await EncryptionProbe.ThrowIfOthersDifferAsync(ClusterCertificate.OfEnvironment(), [first.Silo], "the run that is joined", cancellation);
        return await StartSiloAsync(first.Name, place, settings, silo => Hear(silo.UseDevelopmentClustering(first.Silo), lost), cancellation);
    }

    /// <summary>Starts a silo of a cluster whose membership is kept outside.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="place">Where to listen.</param>
    /// <param name="settings">Of the coordinator.</param>
    /// <param name="lost">Is called if the others declare this silo dead; the process must end then.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <exception cref="UserMistakeException">The membership cannot be reached, or the certificate of the others is another.</exception>
    public static async Task<IHost> StartSiloAsync(ClusterAddress address, SiloPlace place, CoordinatorSettings settings, Action? lost, CancellationToken cancellation)
    {
        await MembershipProbe.ThrowIfUnreachableAsync(address, cancellation);
        using (var asking = BuildClient(address, settings.Times)) await ThrowIfOthersDifferAsync(asking, address, cancellation);
        return await StartSiloAsync(address.Name, place, settings, silo =>
        {
            if (address.Membership == ClusterMembership.Redis) silo.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(address.ConnectionString));
            else silo.Services.AddSingleton(NpgsqlDataSource.Create(address.ConnectionString)).AddSingleton<IMembershipTable>(services => new PostgresMembership(services.GetRequiredService<NpgsqlDataSource>(), address.Name));
            Hear(silo, lost);
        }, cancellation);
    }

    /// <summary>Starts a client of a cluster whose membership is kept outside.</summary>
    /// <exception cref="UserMistakeException">The membership cannot be reached, or lists no silo.</exception>
    public static async Task<IHost> StartClientAsync(ClusterAddress address, ClusterTimes times, CancellationToken cancellation)
    {
        await MembershipProbe.ThrowIfUnreachableAsync(address, cancellation);
        var host = BuildClient(address, times);
        try
        {
            await ThrowIfOthersDifferAsync(host, address, cancellation);
            await host.StartAsync(cancellation);
            return host;
        }
        catch (UserMistakeException)
        {
            host.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            host.Dispose();
            throw new UserMistakeException(new Mistake(
                "PIL2103", $"No worker of {address} can be reached: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", "", $"Start some with: pilotage worker --membership {address.Membership.ToString().ToLowerInvariant()} (and let {ClusterCertificate.Variable} name the same file here as there).").ToString());
        }
    }

    private static IHost BuildClient(ClusterAddress address, ClusterTimes times) => Builder().UseOrleansClient(client =>
    {
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (address.Name, Service));
        Ask(client, times);
        client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));               // whoever typed the command hears of it now
        if (address.Membership == ClusterMembership.Redis) client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(address.ConnectionString));
        else client.Services.AddSingleton(NpgsqlDataSource.Create(address.ConnectionString)).AddSingleton<IGatewayListProvider>(services => new PostgresGateways(services.GetRequiredService<NpgsqlDataSource>(), address.Name, times.Renewal));
        ClusterCertificate.OfEnvironment()?.Secure(client);
    }).Build();

    /// <summary>Asks the silos that the membership lists.</summary>
    private static async Task ThrowIfOthersDifferAsync(IHost client, ClusterAddress address, CancellationToken cancellation)
    {
        var list = client.Services.GetRequiredService<IGatewayListProvider>();
        await list.InitializeGatewayListProvider().WaitAsync(cancellation);
        var gateways = await list.GetGateways().WaitAsync(cancellation);
        await EncryptionProbe.ThrowIfOthersDifferAsync(ClusterCertificate.OfEnvironment(), gateways.Select(gateway => new IPEndPoint(IPAddress.Parse(gateway.Host.Trim('[', ']')), gateway.Port)), address.ToString(), cancellation);
    }

    private static void Hear(ISiloBuilder silo, Action? lost)
    {
        if (lost is not null) silo.Services.AddSingleton<IFatalErrorHandler>(new LostSilo(lost));
    }

    /// <summary>Ends what was started, politely if there is time.</summary>
    /// <param name="host">A silo or a client.</param>
    /// <param name="grace">For taking leave of the others.</param>
    public static async Task StopAsync(IHost host, TimeSpan grace)
    {
        using var patience = new CancellationTokenSource(grace);
        try
        {
            // On a busy machine a silo that is cut short may wait for itself without end. The process ends soon, and it with it.
            await host.StopAsync(patience.Token).WaitAsync(grace + TimeSpan.FromSeconds(2)).ConfigureAwait(false);
            await ((IAsyncDisposable)host).DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or ObjectDisposedException) { }
    }

    private static async Task<IHost> StartSiloAsync(string name, SiloPlace place, CoordinatorSettings settings, Action<ISiloBuilder> useMembership, CancellationToken cancellation)
    {
        var host = Builder().UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (name, Service));
            silo.Configure<EndpointOptions>(options =>
            {
                (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (place.Address, place.Port, place.GatewayPort);
                (options.SiloListeningEndpoint, options.GatewayListeningEndpoint) = (new(place.Address, place.Port), new(place.Address, place.GatewayPort));
            });
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = settings.Times.Probe;
                options.TableRefreshTimeout = 5 * settings.Times.Probe;
                options.IAmAliveTablePublishTimeout = 3 * settings.Times.Probe;
            });
            useMembership(silo);
            Serve(silo, settings);
            ClusterCertificate.OfEnvironment()?.Secure(silo);
        }).Build();
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Adds what every silo of a cluster offers.</summary>
    public static void Serve(ISiloBuilder silo, CoordinatorSettings settings)
    {
        silo.Services.AddSingleton(settings).AddSingleton(TimeProvider.System);
        // The usual directory lets two coordinators live for a while when silos come and go on a busy machine; this one does not.
#pragma warning disable ORLEANSEXP003 // Marked as experimental since Orleans 9; what it promises is what is needed here.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = settings.Times.Call);
    }

    /// <summary>Sets what every client of a cluster needs.</summary>
    public static void Ask(IClientBuilder client, ClusterTimes times)
    {
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = times.Renewal);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = times.Call);
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        return builder;
    }

    /// <summary>Signals are the command's own: it saves and gives back first.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
