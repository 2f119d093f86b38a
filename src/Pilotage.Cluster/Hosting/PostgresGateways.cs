using Npgsql;
using Orleans.Messaging;

namespace Pilotage.Cluster.Hosting;

/// <summary>Where those who only ask reach a cluster, from the list that <see cref="PostgresMembership"/> keeps.</summary>
/// <param name="database">Where.</param>
/// <param name="cluster">The cluster's name.</param>
/// <param name="refresh">How old an answer may grow.</param>
internal sealed class PostgresGateways(NpgsqlDataSource database, string cluster, TimeSpan refresh) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => refresh;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => new PostgresMembership(database, cluster).InitializeMembershipTable(tryInitTableVersion: true);

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways()
    {
        var members = await new PostgresMembership(database, cluster).ReadAll();
        return
        [
            .. members.Members.Select(member => member.Item1).Where(silo => silo is { Status: SiloStatus.Active, ProxyPort: > 0 })
                .Select(silo => SiloAddress.New(silo.SiloAddress.Endpoint.Address, silo.ProxyPort, silo.SiloAddress.Generation).ToGatewayUri()),
        ];
    }
}
