using System.Diagnostics;
using Pilotage.Cli;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Tests.Hosting;
using Pilotage.Cluster.Work;
using Pilotage.Testing;
using StackExchange.Redis;
using Xunit;

namespace Pilotage.Cluster.Tests.Processes;

/// <summary>Clusters of real processes that find each other in Redis and in PostgreSQL.</summary>
public sealed class MembershipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ClusterMembership.Redis)]
    [InlineData(ClusterMembership.Postgres)]
    public async Task Run_OnAClusterWhoseCoordinatorIsKilled_GivesTheSameReport(ClusterMembership membership)
    {
        using var server = membership == ClusterMembership.Redis ? await Server.StartRedisAsync() : await Server.StartPostgresAsync();
        var word = membership.ToString().ToLowerInvariant();
        var workers = new Dictionary<string, Process>();
        try
        {
            foreach (var name in new[] { "ann", "bob", "eve" })
            {
                var process = Tool.Start(server.ConnectionString, "worker", "--membership", word, "--name", name, "--threads", "1");
                var joined = await Tool.UntilAsync(process.StandardOutput, " joined ");
                Assert.DoesNotContain(Server.Password, joined, StringComparison.Ordinal);
                workers.Add(joined.Split("silo ")[1].Split(',')[0], process);
            }
            using var watcher = ClusterPool.Connect(new(membership, server.ConnectionString, ClusterAddress.DefaultName), ProgramVersion.Text, ClusterTimes.OfLease(TimeSpan.FromSeconds(3)));
            var coordinator = watcher.Grains.GetGrain<ICoordinator>(ICoordinator.Key);

            // On a busy machine the run may be over before its coordinator is found: then once more.
            var killed = false;
            for (var attempt = 0; attempt < 20 && !killed; attempt++)
            {
                var run = _folder.In($"spread-{attempt}");
                using var asker = Tool.Start(server.ConnectionString, [.. Tool.Study, "--cluster", word, "--out", run]);
                var (output, error) = (asker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), asker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
                await TestCluster.UntilAsync(() => Task.FromResult(asker.HasExited || Tool.TrialsIn(run) > 0));
                var home = (await coordinator.Status()).Silo;
                if (!asker.HasExited)
                {
                    workers.Single(pair => home.StartsWith(pair.Key + "@", StringComparison.Ordinal)).Value.Kill();
                    killed = true;
                }
                await asker.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.True(asker.ExitCode == 0, await error);
                Assert.Equal(Tool.Expected, Tool.Bits(await output));
                Assert.DoesNotContain(Server.Password, await error, StringComparison.Ordinal);
            }
            Assert.True(killed, "The run always ended before its coordinator could be killed.");
        }
        finally
        {
            foreach (var process in workers.Values)
            {
                if (!process.HasExited) process.Kill();
                process.Dispose();
            }
        }
    }

    // Frozen as a machine that swaps freezes it: the others give it up, and it says so when it goes on instead of crashing.
    [Fact]
    public async Task AWorkerTakenForDead_SaysSoAndEnds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Freezes a process by a signal.");
        using var server = await Server.StartRedisAsync();
        using var frozen = Tool.Start(server.ConnectionString, "worker", "--membership", "redis", "--name", "frozen", "--threads", "1");
        using var other = Tool.Start(server.ConnectionString, "worker", "--membership", "redis", "--name", "other", "--threads", "1");
        try
        {
            foreach (var process in new[] { frozen, other }) await Tool.UntilAsync(process.StandardOutput, " joined ");
            await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
            var members = new RedisKey($"pilotage/members/{ClusterAddress.DefaultName}");

            await SignalAsync("STOP", frozen);
            await TestCluster.UntilAsync(async () => (await redis.GetDatabase().HashGetAllAsync(members)).Any(member => member.Value.ToString().Contains($"\"Status\":{(int)SiloStatus.Dead},", StringComparison.Ordinal)));
            await SignalAsync("CONT", frozen);
            var (code, _, error) = await Tool.EndAsync(frozen);

            Assert.Equal(ExitCode.RunFailed, code);
            Snapshot.Matches(error);
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
