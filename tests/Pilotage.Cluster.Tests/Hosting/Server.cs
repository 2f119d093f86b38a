using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;
using Xunit;

namespace Pilotage.Cluster.Tests.Hosting;

/// <summary>A Redis or PostgreSQL server of a test's own: on loopback, in a temporary folder, gone with the test. Skips the test where none is installed.</summary>
internal sealed class Server : IDisposable
{
    public const string Password = "a-secret-of-the-test";

    private readonly Process _process;
    private readonly string _folder;

    private Server(Process process, string folder, string connectionString) => (_process, _folder, ConnectionString) = (process, folder, connectionString);

    public string ConnectionString { get; }

    public static async Task<Server> StartRedisAsync()
    {
        var program = Find("redis-server", "/usr/bin");
        Assert.SkipWhen(program is null, "redis-server is not installed: apt-get install redis-server");
        var (port, folder) = (FreePort(), Directory.CreateTempSubdirectory("pilotage-redis-").FullName);
        var server = new Server(
            Start([program!, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder, "--requirepass", Password]), folder, $"127.0.0.1:{port},password={Password}");
        await server.UntilReadyAsync(async () =>
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",connectRetry=0,connectTimeout=500");
        });
        return server;
    }

    public static async Task<Server> StartPostgresAsync()
    {
        var program = Find("postgres", [.. Versions()]);
        Assert.SkipWhen(program is null, "PostgreSQL is not installed: apt-get install postgresql");
        var (port, folder) = (FreePort(), Directory.CreateTempSubdirectory("pilotage-postgres-").FullName);
        // The server refuses to run as root.
        string[] unprivileged = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (unprivileged.Length > 0) await RunAsync(["chown", "postgres", folder]);
        var (data, secret) = (Path.Combine(folder, "data"), Path.Combine(folder, "secret"));
        await File.WriteAllTextAsync(secret, Password);
        await RunAsync([.. unprivileged, Path.Combine(Path.GetDirectoryName(program)!, "initdb"), "-D", data, "-U", "pilotage", "-A", "scram-sha-256", "--pwfile", secret, "--no-sync"]);
        var server = new Server(
            Start([.. unprivileged, program!, "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"]), folder,
            $"Host=127.0.0.1;Port={port};Username=pilotage;Password={Password};Database=postgres;Pooling=false");
        await server.UntilReadyAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync();
        });
        return server;

        static IEnumerable<string> Versions() => Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin")) : [];
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find(string name, params string[] folders) => folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static Process Start(string[] command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    private async Task UntilReadyAsync(Func<Task> connect)
    {
        for (var attempt = 0; ; attempt++)
        {
            Assert.False(_process.HasExited, $"The server ended with {(_process.HasExited ? _process.ExitCode : 0)}.");
            try
            {
                await connect();
                return;
            }
            catch (Exception failure) when (attempt < 300 && failure is RedisException or NpgsqlException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }
}
