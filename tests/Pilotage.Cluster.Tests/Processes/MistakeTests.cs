using System.Net;
using System.Net.Sockets;
using Pilotage.Cli;
using Pilotage.Cluster.Hosting;
using Pilotage.Cluster.Tests.Hosting;
using Pilotage.Cluster.Workers;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Processes;

/// <summary>What a user gets wrong about clusters, as the tool tells it.</summary>
[Collection(nameof(Environment))]
public sealed class MistakeTests : IDisposable
{
    public void Dispose() => Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, null);

    [Theory]
    [InlineData("zero_workers", "run", "ofs", "--workers", "0")]
    [InlineData("two_places", "run", "ofs", "--workers", "2", "--cluster", "redis")]
    [InlineData("no_connection", "run", "ofs", "--cluster", "postgres")]
    [InlineData("unknown_membership", "run", "ofs", "--cluster", "reddis")]
    [InlineData("name_of_no_cluster", "resume", "nowhere", "--cluster-name", "one")]
    [InlineData("worker_of_nothing", "worker")]
    [InlineData("worker_of_two", "worker", "--membership", "redis", "--join", "127.0.0.1:1/x")]
    [InlineData("worker_joins_nonsense", "worker", "--join", "127.0.0.1", "--threads", "0")]
    [InlineData("worker_in_the_open", "worker", "--join", "127.0.0.1:1/x", "--host", "10.0.0.1")]
    public void AMistake_IsToldBeforeAnythingIsRun(string name, params string[] arguments)
    {
        var answer = Tool.Run(arguments);

        Assert.Equal((ExitCode.UserMistake, ""), (answer.ExitCode, answer.Output));
        Snapshot.Matches(answer.Error, name);
    }

    [Theory]
    [InlineData("redis", "127.0.0.1:{0},password=" + Server.Password + ",connectTimeout=500")]
    [InlineData("postgres", "Host=127.0.0.1;Port={0};Username=pilotage;Password=" + Server.Password)]
    public void AMembershipThatIsNotThere_IsToldWithoutItsPassword(string word, string connectionString)
    {
        var port = Server.FreePort();
        Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, string.Format(System.Globalization.CultureInfo.InvariantCulture, connectionString, port));
        using var folder = new TemporaryFolder();

        var run = Tool.Run("run", "ofs", "--cluster", word, "--out", folder.In("run"));
        var worker = Tool.Run("worker", "--membership", word);

        Assert.Equal((ExitCode.UserMistake, ExitCode.UserMistake), (run.ExitCode, worker.ExitCode));
        Assert.False(Directory.Exists(folder.In("run")));
        Assert.Equal(run.Error, worker.Error);
        Assert.DoesNotContain(Server.Password, run.Error, StringComparison.Ordinal);
        Snapshot.Matches(run.Error.Replace($"{port}", "PORT", StringComparison.Ordinal), $"not_there_{word}");
    }

    [Theory]
    [InlineData("redis", "127.0.0.1:1,nonsense=1")]
    [InlineData("postgres", "Hoost=127.0.0.1")]
    public void AConnectionStringThatCannotBeRead_IsTold(string word, string connectionString)
    {
        Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, connectionString);

        var answer = Tool.Run("worker", "--membership", word);

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Error, $"unreadable_{word}");
    }

    [Fact]
    public async Task AClusterWithoutWorkers_AWrongPasswordAndADoctor_AreTold()
    {
        using var server = await Server.StartRedisAsync();
        Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, server.ConnectionString);
        var empty = Tool.Run("run", "ofs", "--cluster", "redis");
        var doctor = Tool.Run("doctor", "--cluster", "redis");
        Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, server.ConnectionString.Replace(Server.Password, "wrong-password", StringComparison.Ordinal));
        var wrong = Tool.Run("run", "ofs", "--cluster", "redis");

        Assert.Equal((ExitCode.UserMistake, ExitCode.UserMistake, ExitCode.RunFailed), (empty.ExitCode, wrong.ExitCode, doctor.ExitCode));
        Assert.DoesNotContain("wrong-password", wrong.Error, StringComparison.Ordinal);
        Snapshot.Matches($"{empty.Error}{wrong.Error}{doctor.Output[doctor.Output.LastIndexOf("missing", StringComparison.Ordinal)..]}");
    }

    [Fact]
    public async Task APortInUse_IsTold()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var server = await Server.StartRedisAsync();
        Environment.SetEnvironmentVariable(ClusterAddress.ConnectionVariable, server.ConnectionString);

        var answer = Tool.Run("worker", "--membership", "redis", "--port", $"{port}");

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Error.Replace($"{port}", "PORT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AWorkerOfAnotherVersion_IsRefusedByTheRunItJoins()
    {
        using var pool = ClusterPool.StartLocal(1, ProgramVersion.Text, new("dotnet", [Tool.Main]), _ => { });
        var other = new ClusterWorker { Version = "9.9.9+other", Name = "other", Threads = 1, Trials = [], Environments = Pilotage.Cli.InstalledEnvironments.All, Grace = TimeSpan.Zero };

        var refusal = await Assert.ThrowsAsync<UserMistakeException>(() => Task.Run(() => other.Run(pool.Address!, CancellationToken.None)));

        Snapshot.Matches(refusal.Message.Replace(ProgramVersion.Text, "VERSION", StringComparison.Ordinal));
    }
}
