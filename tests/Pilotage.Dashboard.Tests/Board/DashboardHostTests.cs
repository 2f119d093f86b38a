using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board;

public sealed class DashboardHostTests : BoardFixture
{
    [Fact]
    public async Task Start_WhatCannotBeServed_IsOneClearMistake()
    {
        var messages = new Messages();
        await Refused("open_without_a_token", options => options with { Host = IPAddress.Any });
        await Refused("foreign_address", options => options with { Host = IPAddress.Parse("203.0.113.7"), Token = "secret" });
        File.WriteAllText(Folder.In("file"), "");
        await Refused("runs_are_a_file", options => options with { RunsFolder = Folder.In("file") });
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Refused("port_in_use", options => options with { Port = port }, port);

        Assert.Empty(messages.Texts);                                    // the mistake is told once, by whoever started

        async Task Refused(string name, Func<DashboardOptions, DashboardOptions> change, int port = -1) => Snapshot.Matches(
            Folder.Anonymous((await Assert.ThrowsAsync<UserMistakeException>(() => Start(change, logging => logging.AddProvider(messages)))).Message).Replace($"{port}", "PORT", StringComparison.Ordinal), name);
    }

    [Fact]
    public async Task Token_IsAskedForOfProgramsAndOfBrowsers()
    {
        Runs.Finished("one");
        await using var stranger = await Start(options => options with { Token = "a secret" });
        await using var known = new Caller(stranger.Host, "a secret");
        await using var wrong = new Caller(stranger.Host, "a secretx");

        Assert.Equal(1, (await known.Get("/api/runs")).GetProperty("all").GetInt32());
        Assert.Equal(0, (await known.Get("/openapi/v1.json")).GetProperty("security")[0].GetProperty("token").GetArrayLength());
        foreach (var caller in new[] { stranger, wrong })
        {
            foreach (var path in new[] { "/api/runs", "/api/runs/one", "/api/changes", "/openapi/v1.json" })
                Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Ask(HttpMethod.Get, path)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Ask(HttpMethod.Post, "/runs/one/stop")).Status);
            using var page = await caller.Client.GetAsync("/runs/one/files/config.yaml?x=1", Cancelled);
            Assert.Equal((HttpStatusCode.Redirect, "/enter?to=%2Fruns%2Fone%2Ffiles%2Fconfig.yaml%3Fx%3D1"), (page.StatusCode, page.Headers.Location?.ToString()));
        }
        Assert.Contains("type=\"password\"", await stranger.Page("/enter?to=/systems"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_EnteredInABrowser_GivesACookieThatTellsNothingOfItAndLeadsOn()
    {
        await using var caller = await Start(options => options with { Token = "a secret" });

        using var wrong = await Enter("a guess", "/systems");
        using var right = await Enter("a secret", "/systems");
        using var elsewhere = await Enter("a secret", "//evil.example/");
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/systems");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var page = await caller.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.Equal((HttpStatusCode.Redirect, "/systems"), (right.StatusCode, right.Headers.Location?.ToString()));
        Assert.Equal("/", elsewhere.Headers.Location?.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        Task<HttpResponseMessage> Enter(string token, string to) =>
            caller.Client.PostAsync("/enter", new FormUrlEncodedContent([new("token", token), new("to", to)]), Cancelled);
    }

    [Fact]
    public async Task OtherSites_ReachNeitherPagesNorActions()
    {
        Runs.Training("one");
        await using var caller = await Start();

        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Ask(HttpMethod.Get, "/api/runs", null, ("Host", "evil.example"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Ask(HttpMethod.Get, "/", null, ("Host", "evil.example"))).Status);
        foreach (var path in new[] { "/api/runs/one/stop", "/runs/one/stop", "/train", "/api/runs" })
        {
            Assert.Equal((HttpStatusCode.Forbidden, true), Code(await caller.Ask(HttpMethod.Post, path, "{}", ("Origin", "http://evil.example"))));
            Assert.Equal((HttpStatusCode.Forbidden, true), Code(await caller.Ask(HttpMethod.Post, path, "{}", ("Origin", "null"))));
            Assert.Equal((HttpStatusCode.Forbidden, true), Code(await caller.Ask(HttpMethod.Post, path, "{}", ("Sec-Fetch-Site", "cross-site"))));
            Assert.Equal((HttpStatusCode.Forbidden, true), Code(await caller.Ask(HttpMethod.Post, path, "{}", ("Sec-Fetch-Site", "same-site"))));
        }
        var own = caller.Host.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.Conflict, (await caller.Ask(HttpMethod.Post, "/api/runs/one/stop", "{}", ("Origin", own), ("Sec-Fetch-Site", "same-origin"))).Status);

        static (HttpStatusCode, bool) Code((HttpStatusCode Status, string Problem) reply) => (reply.Status, reply.Problem.StartsWith("PIL1914", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replies_AllowNothingFromElsewhereAndNothingInline()
    {
        Runs.Study("study").Finished("one");
        await using var caller = await Start();
        foreach (var path in new[] { "/", "/runs/study", "/runs/one", "/systems/cloud-autoscaling", "/train", "/runs/none", "/enter" })
        {
            using var reply = await caller.Client.GetAsync(path, Cancelled);
            var page = await reply.Content.ReadAsStringAsync(Cancelled);
            var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));

            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" onclick=", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?![^>]* src=\"/assets/)", page);
        }
    }

    [Fact]
    public async Task Assets_AreWholeSmallAndAskedForOnce()
    {
        await using var caller = await Start();
        using var plain = await caller.Client.GetAsync("/assets/echarts.js", Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/echarts.js");
        request.Headers.Add("Accept-Encoding", "gzip");
        using var small = await caller.Client.SendAsync(request, Cancelled);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/assets/echarts.js");
        again.Headers.TryAddWithoutValidation("If-None-Match", plain.Headers.ETag!.ToString());
        using var unchanged = await caller.Client.SendAsync(again, Cancelled);

        Assert.True(plain.Content.Headers.ContentLength > 1_000_000);
        Assert.True(small.Content.Headers.ContentLength < 450_000);
        Assert.Equal((HttpStatusCode.NotModified, 0), (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync(Cancelled)).Length));
        Assert.Contains("ECharts", await caller.Client.GetStringAsync("/assets/notice.txt", Cancelled), StringComparison.Ordinal);
        Assert.Contains(".plot", await caller.Client.GetStringAsync("/assets/figures.css", Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Ask(HttpMethod.Get, "/assets/..%2Fboard.css")).Status);
    }

    [Fact]
    public async Task Document_DescribesTheApiAlone()
    {
        await using var caller = await Start();
        var paths = (await caller.Get("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name);
        Assert.Equal(
            ["/api/changes", "/api/runs", "/api/runs/{name}", "/api/runs/{name}/log", "/api/runs/{name}/metrics", "/api/runs/{name}/resume", "/api/runs/{name}/stop", "/api/systems"],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_AreNoneWhereNothingIsWrong()
    {
        var messages = new Messages();
        await using (var caller = await Start(logging: logging => logging.AddProvider(messages))) await caller.Page("/");
        Assert.Empty(messages.Texts);
    }

    private sealed class Messages : ILoggerProvider, ILogger
    {
        public List<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Texts.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
