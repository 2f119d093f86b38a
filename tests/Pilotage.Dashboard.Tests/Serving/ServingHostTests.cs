using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Pilotage.Dashboard.Serving;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Serving;

public sealed class ServingHostTests : ServiceFixture
{
    [Fact]
    public async Task Start_WhatCannotBeServed_IsOneClearMistake()
    {
        await Refused("no_policy", options => options);
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await Refused("open_without_a_token", options => options with { Host = IPAddress.Any });
        await Refused("one_port_for_both", options => options with { Port = 5080, GrpcPort = 5080 });
        await Refused("foreign_address", options => options with { Host = IPAddress.Parse("203.0.113.7"), Token = "secret" });
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Refused("port_in_use", options => options with { Port = port }, port);
        await Refused("grpc_port_in_use", options => options with { GrpcPort = port }, port);
        File.WriteAllText(Folder.In("policy/policy.safetensors"), "damaged");
        await Refused("damaged_policy", options => options);

        async Task Refused(string name, Func<ServingOptions, ServingOptions> change, int port = -1) => Snapshot.Matches(
            (await Assert.ThrowsAsync<UserMistakeException>(() => Start(change))).Message.Replace(Folder.Path, "FOLDER", StringComparison.Ordinal).Replace($"{port}", "PORT", StringComparison.Ordinal), name);
    }

    [Fact]
    public async Task Token_IsAskedForEverywhereButAtHealth()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { Token = "secret" });
        using var known = Client(host, "secret");
        using var wrong = Client(host, "secretx");
        using var stranger = Client(host);

        foreach (var path in new[] { "/policy", "/metrics", "/openapi/v1.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await known.GetAsync(path, Cancelled)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync(path, Cancelled)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(path, Cancelled)).StatusCode);
        }
        using var refused = await Post(stranger, "/act", """{ "observation": [1, 2, 3] }""");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("PIL1716", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health", Cancelled)).StatusCode);
        using var document = JsonDocument.Parse(await known.GetStringAsync("/openapi/v1.json", Cancelled));
        Assert.Equal("bearer", document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
        Assert.Equal(0, document.RootElement.GetProperty("security")[0].GetProperty("token").GetArrayLength());
        Assert.Equal(0, document.RootElement.GetProperty("paths").GetProperty("/health").GetProperty("get").GetProperty("security").GetArrayLength());
    }

    [Fact]
    public async Task Queue_ThatIsFull_Is503AndLaterAnswersAgain()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumRunning = 1, MaximumWaiting = 1 });
        using var client = Client(host);
        using var channel = Channel(host);
        const string body = """{ "observation": [1, 2, 3] }""";
        Task<HttpResponseMessage> waiting;
        using (await host.Desk.Occupy(Cancelled))
        {
            waiting = Post(client, "/act", body);
            while (host.Desk.Waiting == 0) await Task.Yield();

            using var refused = await Post(client, "/act", body);
            var grpc = await Assert.ThrowsAsync<RpcException>(async () => await Grpc(channel).ActAsync(new() { Observation = { Observation } }, cancellationToken: Cancelled));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
            Assert.Contains("PIL1715", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            Assert.Equal(StatusCode.ResourceExhausted, grpc.StatusCode);
            Assert.Contains("pilotage_serving_waiting 1\n", await client.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
        }
        using var answered = await waiting;
        using var next = await Post(client, "/act", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answered.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task Metrics_CountRequestsAsPrometheusReadsThem()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start();
        await using var other = await Start();                                           // of its own: its requests are not ours
        using var client = Client(host);
        using var otherClient = Client(other);
        using var channel = Channel(host);
        for (var i = 0; i < 3; i++) await Act(client, new { observation = Observation });
        await Act(otherClient, new { observation = Observation });
        using (await Post(client, "/act", "{")) { }
        using (await client.GetAsync("/invented", Cancelled)) { }
        await Grpc(channel).ActAsync(new() { Observation = { Observation } }, cancellationToken: Cancelled);

        var lines = (await client.GetStringAsync("/metrics", Cancelled)).Split('\n');

        Assert.Contains("pilotage_serving_requests_total{protocol=\"http\",operation=\"act\",status=\"200\"} 3", lines);
        Assert.Contains("pilotage_serving_requests_total{protocol=\"http\",operation=\"act\",status=\"400\"} 1", lines);
        Assert.Contains("pilotage_serving_requests_total{protocol=\"http\",operation=\"other\",status=\"404\"} 1", lines);
        Assert.Contains("pilotage_serving_requests_total{protocol=\"grpc\",operation=\"Act\",status=\"OK\"} 1", lines);
        Assert.Contains("pilotage_serving_duration_seconds_bucket{protocol=\"http\",operation=\"act\",le=\"+Inf\"} 4", lines);
        Assert.Contains("pilotage_serving_duration_seconds_count{protocol=\"http\",operation=\"act\"} 4", lines);
        Assert.Contains($"pilotage_serving_policy{{environment=\"Toy\",version=\"{host.Policy.Version}\"}} 1", lines);
        Assert.Equal(
            ["pilotage_serving_duration_seconds histogram", "pilotage_serving_policy gauge", "pilotage_serving_requests_total counter", "pilotage_serving_waiting gauge"],
            lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line[7..]));
        var buckets = lines.Where(line => line.StartsWith("pilotage_serving_duration_seconds_bucket{protocol=\"http\",operation=\"act\"", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(buckets.Order(), buckets);
    }

    [Fact]
    public async Task Reload_UnderLoad_FailsNoRequestAndAnswersAreTheWholeOfOnePolicy()
    {
        var policies = Enumerable.Range(0, 6).Select(ToyPolicy.Choice).ToArray();
        ToyPolicy.Save(policies[0], ToyPolicy.Masked, Folder.In("policy"), 0);
        await using var host = await Start();
        var versions = new Dictionary<string, int> { [host.Policy.Version] = 0 };
        using var client = Client(host);
        var isOver = false;
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            var seen = new List<(string Version, int Index, float[] Observation)>();
            for (var i = 0; !Volatile.Read(ref isOver) || seen.Count < 50; i++)
            {
                float[] observation = [MathF.Sin(i), caller, MathF.Cos(i)];
                var answer = await Act(client, new { observation });
                seen.Add((answer.GetProperty("version").GetString()!, answer.GetProperty("indices")[0].GetInt32(), observation));
            }
            return seen;
        })).ToArray();
        for (var next = 1; next < policies.Length; next++)
        {
            await Act(client, new { observation = Observation });                        // some requests between two policies
            ToyPolicy.Save(policies[next], ToyPolicy.Masked, Folder.In("policy"), next);
            Assert.True(host.Policy.Refresh());
            versions.Add(host.Policy.Version, next);
        }
        Volatile.Write(ref isOver, true);

        var all = (await Task.WhenAll(callers)).SelectMany(one => one).ToList();

        Assert.All(all, one => Assert.Equal(ToyPolicy.IndexOf(policies[versions[one.Version]], one.Observation), one.Index));
        Assert.Equal(5, versions[(await Act(client, new { observation = Observation })).GetProperty("version").GetString()!]);
    }

    [Fact]
    public async Task Reload_OfARecurrentPolicy_BeginsMemoriesAnewAndSaysSo()
    {
        ToyPolicy.Save(ToyPolicy.Recurrent(1), ToyPolicy.Both, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);
        var memory = (await Act(client, new { observation = Observation })).GetProperty("memory").GetString();
        ToyPolicy.Save(ToyPolicy.Recurrent(2), ToyPolicy.Both, Folder.In("policy"), 2);
        Assert.True(host.Policy.Refresh());

        var answer = await Act(client, new { observation = Observation, memory });
        var next = await Act(client, new { observation = Observation, memory = answer.GetProperty("memory").GetString() });

        Assert.True(answer.GetProperty("memoryBegan").GetBoolean());
        Assert.False(next.TryGetProperty("memoryBegan", out _));
        var wanted = ToyPolicy.Episode(ToyPolicy.Recurrent(2), [Observation, Observation]);
        Assert.Equal(wanted[0], answer.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal(wanted[1], next.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()));
    }

    [Fact]
    public async Task Callers_ThatAreIdleSlowOrSendGarbage_HoldUpNobody()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumRunning = 1 });
        using var client = Client(host);
        var idle = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, host.Http.Port, Cancelled);
            // Every second one has begun a request whose body never comes.
            if (i % 2 == 0) await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /act HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{"), Cancelled);
            idle.Add(connection);
        }
        var garbage = new byte[1 << 20];
        new Random(1).NextBytes(garbage);

        for (var i = 0; i < 5; i++)
        {
            using var answer = await client.PostAsync("/act", new ByteArrayContent(garbage) { Headers = { { "Content-Type", "application/json" } } }, Cancelled);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(ToyPolicy.IndexOf(ToyPolicy.Choice(1), Observation), (await Act(client, new { observation = Observation })).GetProperty("indices")[0].GetInt32());
        }
        foreach (var connection in idle) connection.Dispose();
    }

    [Fact]
    public async Task Stop_WhileRequestsRun_AnswersThemFirst()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumRunning = 1 });
        using var client = Client(host);
        Task<HttpResponseMessage> running;
        Task stopping;
        using (await host.Desk.Occupy(Cancelled))
        {
            running = Post(client, "/act", """{ "observation": [1, 2, 3] }""");
            while (host.Desk.Waiting == 0) await Task.Yield();
            stopping = host.StopAsync();
        }

        using var answer = await running;
        await stopping;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync("/health", Cancelled));
    }
}
