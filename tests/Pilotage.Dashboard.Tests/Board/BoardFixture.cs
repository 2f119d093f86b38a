using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board;
using Pilotage.Environments;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board;

/// <summary>Dashboards on free ports of loopback over folders of sample runs, and callers of them.</summary>
public abstract class BoardFixture : IDisposable
{
    protected BoardFixture()
    {
        Directory.CreateDirectory(Folder.In("runs"));
        Runs = new(Folder.In("runs"));
    }

    internal TemporaryFolder Folder { get; } = new();

    internal SampleRuns Runs { get; }

    internal static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal async Task<Caller> Start(Func<DashboardOptions, DashboardOptions>? change = null, Action<ILoggingBuilder>? logging = null, string? token = null)
    {
        var options = new DashboardOptions { RunsFolder = Runs.Folder, Port = 0, LookEvery = TimeSpan.FromMilliseconds(20), LookAtAllEvery = TimeSpan.FromHours(1) };
        return new(await DashboardHost.StartAsync(change?.Invoke(options) ?? options, [new CloudAutoscalingSystem()], EnvironmentCatalog.All, logging, Cancelled), token);
    }

    /// <summary>A dashboard and a program that calls it.</summary>
    internal sealed class Caller : IAsyncDisposable
    {
        private readonly HttpClient _client;

        public Caller(DashboardHost host, string? token)
        {
            Host = host;
            _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(30) };
            if (token is not null) _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        public DashboardHost Host { get; }

        public HttpClient Client => _client;

        public async Task<JsonElement> Get(string path)
        {
            using var reply = await _client.GetAsync(path, Cancelled);
            var text = await reply.Content.ReadAsStringAsync(Cancelled);
            Assert.True(reply.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }

        public async Task<string> Page(string path, HttpStatusCode expected = HttpStatusCode.OK)
        {
            using var reply = await _client.GetAsync(path, Cancelled);
            var text = await reply.Content.ReadAsStringAsync(Cancelled);
            Assert.True(reply.StatusCode == expected, $"{reply.StatusCode}: {text}");
            Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
            return text;
        }

        /// <summary>Status and code of a refusal, with its words.</summary>
        public async Task<(HttpStatusCode Status, string Problem)> Ask(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, path);
            if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var reply = await _client.SendAsync(request, Cancelled);
            var text = await reply.Content.ReadAsStringAsync(Cancelled);
            if (reply.Content.Headers.ContentType?.MediaType != "application/problem+json") return (reply.StatusCode, text);
            var problem = JsonDocument.Parse(text).RootElement;
            return (reply.StatusCode, $"{problem.GetProperty("code")} {problem.GetProperty("detail")}");
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
