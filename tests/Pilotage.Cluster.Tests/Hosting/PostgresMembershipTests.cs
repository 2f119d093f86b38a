using System.Net;
using Npgsql;
using Pilotage.Cluster.Hosting;
using Xunit;

namespace Pilotage.Cluster.Tests.Hosting;

/// <summary>What Orleans asks of a membership: rows with their own change, one number for all, and of two authors one is too late.</summary>
public sealed class PostgresMembershipTests
{
    [Fact]
    public async Task AMembership_FollowsTheContract()
    {
        using var server = await Server.StartPostgresAsync();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var (table, other) = (new PostgresMembership(database, "one"), new PostgresMembership(database, "two"));
        // Many processes may come up at once.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => (index % 2 == 0 ? table : other).InitializeMembershipTable(tryInitTableVersion: true)));
        var (ann, bob) = (Silo(1111), Silo(2222));

        var empty = await table.ReadAll();
        Assert.Empty(empty.Members);
        Assert.True(await table.InsertRow(ann, empty.Version.Next()));
        Assert.False(await table.InsertRow(bob, empty.Version.Next()));  // its author has read an older number
        var one = await table.ReadAll();
        Assert.Equal(1, one.Version.Version);
        Assert.False(await table.InsertRow(ann, one.Version.Next()));    // there already, and the number stays
        Assert.Equal(1, (await table.ReadAll()).Version.Version);
        Assert.True(await table.InsertRow(bob, one.Version.Next()));
        Assert.Empty((await other.ReadAll()).Members);

        var two = await table.ReadAll();
        var (read, etag) = (two.TryGet(ann.SiloAddress)!.Item1, two.TryGet(ann.SiloAddress)!.Item2);
        Assert.Equal((ann.HostName, ann.SiloName, ann.ProxyPort, ann.Status, ann.StartTime), (read.HostName, read.SiloName, read.ProxyPort, read.Status, read.StartTime));
        read.Status = SiloStatus.Dead;
        read.SuspectTimes = [Tuple.Create(bob.SiloAddress, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))];
        Assert.True(await table.UpdateRow(read, etag, two.Version.Next()));
        Assert.False(await table.UpdateRow(read, etag, two.Version.Next()));
        Assert.False(await table.UpdateRow(read, etag, (await table.ReadAll()).Version.Next()));    // its row has changed since

        var row = (await table.ReadRow(ann.SiloAddress)).Members.Single().Item1;
        Assert.Equal(SiloStatus.Dead, row.Status);
        Assert.Equal(read.SuspectTimes, row.SuspectTimes);
        bob.IAmAliveTime = bob.IAmAliveTime.AddHours(1);
        await table.UpdateIAmAlive(bob);
        Assert.Equal(bob.IAmAliveTime, (await table.ReadRow(bob.SiloAddress)).Members.Single().Item1.IAmAliveTime);

        var gateways = await new PostgresGateways(database, "one", TimeSpan.FromSeconds(1)).GetGateways();
        Assert.Equal([SiloAddress.New(IPAddress.Loopback, 30000, 7).ToGatewayUri()], gateways);    // the dead one has none

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(ann.IAmAliveTime.AddHours(2)));
        Assert.Equal([bob.SiloAddress], (await table.ReadAll()).Members.Select(member => member.Item1.SiloAddress));
        await table.DeleteMembershipTableEntries("one");
        Assert.Empty((await table.ReadAll()).Members);
    }

    private static MembershipEntry Silo(int port) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7), Status = SiloStatus.Active, ProxyPort = 30000, HostName = "host", SiloName = $"silo-{port}", SuspectTimes = [],
        StartTime = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), IAmAliveTime = new(2026, 1, 1, 0, 1, 0, DateTimeKind.Utc),
    };
}
