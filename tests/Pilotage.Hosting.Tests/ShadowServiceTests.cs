using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pilotage.Testing;
using Shadow;
using Xunit;

namespace Pilotage.Hosting.Tests;

public sealed class ShadowServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decide_InShadow_TheRuleDecidesAndThePolicyIsCounted()
    {
        await using var app = await Start();
        using var client = Client(app);

        var agreed = 0;
        foreach (var state in States())
        {
            var order = await Decide(client, state);
            Assert.Equal(new Order(OrderingRule.Crates(state), "rule"), order);
            agreed += ShopPolicy.Choice(1, state.Stock, state.UnderWay, state.Weekday) == OrderingRule.Crates(state) ? 1 : 0;
        }
        var summary = await Summary(client);

        Assert.Equal((30, 0, "rule"), (summary.Requests, summary.Refused, summary.Decider));
        Assert.Equal(agreed / 30.0, summary.Agreement);
        Assert.Equal(30 - agreed, summary.Differences.Values.Sum());
        Assert.Equal(States().Average(state => ShopPolicy.Choice(1, state.Stock, state.UnderWay, state.Weekday) - OrderingRule.Crates(state)), summary.MoreCrates!.Value, 1e-12);
        Assert.Null(summary.Expected);
    }

    [Fact]
    public async Task Decide_AfterSwitchOver_ThePolicyDecidesWithoutARestart()
    {
        await using var app = await Start();
        using var client = Client(app);
        var state = States().First(state => ShopPolicy.Choice(1, state.Stock, state.UnderWay, state.Weekday) != OrderingRule.Crates(state));

        app.Services.GetRequiredService<IConfiguration>()["Decider"] = "policy";

        Assert.Equal(new Order(ShopPolicy.Choice(1, state.Stock, state.UnderWay, state.Weekday), "policy"), await Decide(client, state));
    }

    [Fact]
    public async Task Decide_PolicyThatRefuses_LeavesItToTheRule()
    {
        // The policy of a run that was trained with one number more: it answers nothing here.
        ShopPolicy.Save(_folder.In("runs/other/policy"), seed: 1, second: 1, ShopPolicy.Spec with { ObservationSize = 4, ObservationNames = [] });
        await using var app = await Start("other", "--Decider", "policy");
        using var client = Client(app);

        Assert.Equal(new Order(4, "rule"), await Decide(client, new(30, 0, 1)));
        Assert.Equal(1, (await Summary(client)).Refused);
    }

    [Fact]
    public async Task Summary_BesideAReport_TellsWhatIsExpected()
    {
        Directory.CreateDirectory(_folder.In("runs/first"));
        File.WriteAllText(_folder.In("runs/first/report.json"), """{ "claims": [ { "id": "ppo", "evidence": {} }, { "id": "kept", "evidence": { "estimate": 394.1, "low": 388.4, "high": 399.9 } } ] }""");
        await using var app = await Start();
        using var client = Client(app);

        Assert.Equal(new ExpectedDifference(394.1, 388.4, 399.9, "reward per episode, simulated"), (await Summary(client)).Expected);
    }

    [Fact]
    public void Build_WithoutAPolicy_IsRefused() =>
        Assert.StartsWith("PIL0901", Assert.Throws<UserMistakeException>(() => ShadowService.Build("--Policy", _folder.In("none"))).Message, StringComparison.Ordinal);

    private async Task<WebApplication> Start(string run = "first", params string[] more)
    {
        if (run == "first") ShopPolicy.Save(_folder.In("runs/first/policy"), seed: 1, second: 1);
        var app = ShadowService.Build(["--Policy", _folder.In($"runs/{run}"), "--Urls", "http://127.0.0.1:0", .. more]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    private static IEnumerable<ShopState> States() => Enumerable.Range(0, 30).Select(i => new ShopState(5 * i % 90, 12 * (i % 4), i % 7));

    private static async Task<Order> Decide(HttpClient client, ShopState state)
    {
        var answer = await client.PostAsJsonAsync("/decide", state, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Order>(TestContext.Current.CancellationToken))!;
    }

    private static async Task<ShadowSummary> Summary(HttpClient client) => (await client.GetFromJsonAsync<ShadowSummary>("/shadow", TestContext.Current.CancellationToken))!;
}
