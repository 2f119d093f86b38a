using System.Diagnostics;
using Pilotage.Cli;
using Pilotage.Cluster.Tests.Hosting;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Processes;

/// <summary>Clusters that encrypt, with certificates made here.</summary>
public sealed class EncryptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _workers = [];

    public void Dispose()
    {
        foreach (var process in _workers)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_OnAnEncryptedCluster_GivesTheSameReportAndTurnsOthersAway()
    {
        using var server = await Server.StartRedisAsync();
        var (ours, theirs) = (TestCertificate.Write(_folder, "ours"), TestCertificate.Write(_folder, "theirs"));
        foreach (var name in new[] { "ann", "bob" }) await WorkerAsync(server, ours, name);

        // Before the run and beside it: whoever is turned away must not disturb the others.
        var refused = from certificate in new[] { null, theirs }
                      from command in new[] { [.. Tool.Study, "--cluster", "redis", "--out", _folder.In("refused")], new[] { "worker", "--membership", "redis", "--name", "eve" } }
                      select Tool.EndAsync(Tool.Start(server.ConnectionString, certificate, command));
        var answers = refused.ToList();
        var run = await Tool.EndAsync(Tool.Start(server.ConnectionString, ours, [.. Tool.Study, "--cluster", "redis", "--out", _folder.In("spread")]));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Tool.Expected, Tool.Bits(run.Output));
        foreach (var (code, output, error) in await Task.WhenAll(answers))
        {
            Assert.Equal((ExitCode.UserMistake, ""), (code, output));
            Assert.StartsWith("PIL2115  The process at 127.0.0.1:", error, StringComparison.Ordinal);
            Assert.Equal(2, error.TrimEnd().Split('\n').Length);
            Assert.DoesNotContain(Server.Password, error, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(_folder.In("refused")));
    }

    [Fact]
    public async Task Run_InWorkerProcessesThatEncrypt_GivesTheSameReport()
    {
        var run = await Tool.EndAsync(Tool.Start(null, TestCertificate.Write(_folder, "ours"), [.. Tool.Study, "--out", _folder.In("spread"), "--workers", "2"]));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Tool.Expected, Tool.Bits(run.Output));
    }

    private async Task<Process> WorkerAsync(Server server, string? certificate, string name)
    {
        var process = Tool.Start(server.ConnectionString, certificate, ["worker", "--membership", "redis", "--name", name, "--threads", "1"]);
        _workers.Add(process);
        await Tool.UntilAsync(process.StandardOutput, " joined ");
        return process;
    }
}
