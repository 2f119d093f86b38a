using System.Globalization;
using Npgsql;

namespace Pilotage.Cluster.Hosting;

/// <summary>The list of a cluster's silos in PostgreSQL: one row a silo, and one row a cluster whose number rises with every change.</summary>
/// <param name="database">Where.</param>
/// <param name="cluster">The cluster's name.</param>
/// <remarks>A change is one transaction that first moves the cluster's number on from the one that its author has read: of two authors one is too late and reads again.</remarks>
internal sealed class PostgresMembership(NpgsqlDataSource database, string cluster) : IMembershipTable
{
    // The lock: two processes that make the tables at once would otherwise meet in the catalogue.
    private const string Creation = """
        SELECT pg_advisory_xact_lock(2101);
        CREATE TABLE IF NOT EXISTS pilotage_clusters (cluster text PRIMARY KEY, version integer NOT NULL);
        CREATE TABLE IF NOT EXISTS pilotage_silos (
            cluster text NOT NULL REFERENCES pilotage_clusters, silo text NOT NULL, status integer NOT NULL, gateway_port integer NOT NULL, host text NOT NULL, name text NOT NULL,
            suspicions text NOT NULL, started timestamptz NOT NULL, alive timestamptz NOT NULL, change integer NOT NULL, PRIMARY KEY (cluster, silo));
        INSERT INTO pilotage_clusters VALUES ($1, 0) ON CONFLICT DO NOTHING;
        """;

    /// <inheritdoc/>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in Creation.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await Execute(connection, statement, statement.Contains("$1", StringComparison.Ordinal) ? [cluster] : []);
        await transaction.CommitAsync();
    }

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => Execute("DELETE FROM pilotage_silos WHERE cluster = $1", clusterId);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        Execute("DELETE FROM pilotage_silos WHERE cluster = $1 AND status = $2 AND alive < $3", cluster, (int)SiloStatus.Dead, beforeDate.UtcDateTime);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => Read("AND s.silo = $2", cluster, key.ToParsableString());

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => Read("", cluster);

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change(
        tableVersion, "INSERT INTO pilotage_silos VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT DO NOTHING", Values(entry));

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Change(
        tableVersion,
        """
        UPDATE pilotage_silos SET status = $3, gateway_port = $4, host = $5, name = $6, suspicions = $7, started = $8, alive = $9, change = change + 1
        WHERE cluster = $1 AND silo = $2 AND change = $10
        """,
        [.. Values(entry), int.Parse(etag, CultureInfo.InvariantCulture)]);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) =>
        Execute("UPDATE pilotage_silos SET alive = $3 WHERE cluster = $1 AND silo = $2", cluster, entry.SiloAddress.ToParsableString(), Utc(entry.IAmAliveTime));

    private async Task<bool> Change(TableVersion version, string statement, object[] values)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var isCurrent = await Execute(
            connection, "UPDATE pilotage_clusters SET version = $2 WHERE cluster = $1 AND version = $3", cluster, version.Version, int.Parse(version.VersionEtag, CultureInfo.InvariantCulture)) == 1;
        if (!isCurrent || await Execute(connection, statement, values) != 1) return false;   // leaving rolls back
        await transaction.CommitAsync();
        return true;
    }

    // One statement, so one moment: rows and the cluster's number fit together.
    private async Task<MembershipTableData> Read(string condition, params object[] values)
    {
        await using var command = database.CreateCommand($"""
            SELECT c.version, s.silo, s.status, s.gateway_port, s.host, s.name, s.suspicions, s.started, s.alive, s.change
            FROM pilotage_clusters c LEFT JOIN pilotage_silos s ON s.cluster = c.cluster {condition} WHERE c.cluster = $1
            """);
        Bind(command, values);
        await using var reader = await command.ExecuteReaderAsync();
        var (entries, version) = (new List<Tuple<MembershipEntry, string>>(), 0);
        while (await reader.ReadAsync())
        {
            version = reader.GetInt32(0);
            if (!reader.IsDBNull(1)) entries.Add(Tuple.Create(Entry(reader), Text(reader.GetInt32(9))));
        }
        return new(entries, new(version, Text(version)));
    }

    private object[] Values(MembershipEntry entry) =>
    [
        cluster, entry.SiloAddress.ToParsableString(), (int)entry.Status, entry.ProxyPort, entry.HostName ?? "", entry.SiloName ?? "",
        string.Join('|', (entry.SuspectTimes ?? []).Select(suspicion => $"{suspicion.Item1.ToParsableString()} {Text(suspicion.Item2.Ticks)}")), Utc(entry.StartTime), Utc(entry.IAmAliveTime),
    ];

    private static MembershipEntry Entry(NpgsqlDataReader row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.GetString(1)),
        Status = (SiloStatus)row.GetInt32(2),
        ProxyPort = row.GetInt32(3),
        HostName = row.GetString(4),
        SiloName = row.GetString(5),
        SuspectTimes = [.. row.GetString(6).Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Suspicion)],
        StartTime = row.GetDateTime(7),
        IAmAliveTime = row.GetDateTime(8),
    };

    private static Tuple<SiloAddress, DateTime> Suspicion(string text)
    {
        var space = text.LastIndexOf(' ');
        return Tuple.Create(SiloAddress.FromParsableString(text[..space]), new DateTime(long.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture), DateTimeKind.Utc));
    }

    private async Task<int> Execute(string statement, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await Execute(connection, statement, values);
    }

    private static async Task<int> Execute(NpgsqlConnection connection, string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        Bind(command, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static void Bind(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
