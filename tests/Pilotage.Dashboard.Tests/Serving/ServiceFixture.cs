using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Serving;
using Pilotage.Dashboard.Serving.Wire;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Serving;

/// <summary>Services on free ports of loopback, and callers of them.</summary>
public abstract class ServiceFixture : IDisposable
{
    internal static readonly float[] Observation = [0.5f, -1, 2];

    internal TemporaryFolder Folder { get; } = new();

    internal static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a service of what stands in <c>policy</c>, looked at again only when asked.</summary>
    internal Task<ServingHost> Start(Func<ServingOptions, ServingOptions>? change = null, Action<ILoggingBuilder>? logging = null)
    {
        var options = new ServingOptions { Path = Folder.In("policy"), Port = 0, GrpcPort = 0, ReloadEvery = Timeout.InfiniteTimeSpan };
        return ServingHost.StartAsync(change?.Invoke(options) ?? options, logging, Cancelled);
    }

    internal static HttpClient Client(ServingHost host, string? token = null)
    {
        var client = new HttpClient { BaseAddress = host.Http, Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    internal static GrpcChannel Channel(ServingHost host) => GrpcChannel.ForAddress(host.Grpc);

    internal static PolicyService.PolicyServiceClient Grpc(GrpcChannel channel) => new(channel);

    internal static Task<HttpResponseMessage> Post(HttpClient client, string path, string body) =>
        client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancelled);

    internal static async Task<JsonElement> Act(HttpClient client, object question, string path = "/act")
    {
        using var answer = await client.PostAsJsonAsync(path, question, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
