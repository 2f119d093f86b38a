using System.Net;
using System.Text.Json;
using Pilotage.Lab.Runs;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Api;

public sealed class RunRoutesTests : BoardFixture
{
    [Fact]
    public async Task List_OfAllKinds_TellsEachState()
    {
        Runs.Finished("one").Training("stopped", minutesAgo: 1).Training("running", minutesAgo: 2).Failed("failed", 3).Newer("newer").Broken("broken").Applied("applied");
        using var life = RunLife.Begin(Runs.In("running"));
        await using var caller = await Start();

        var runs = (await caller.Get("/api/runs")).GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!);

        Assert.Equal("finished", State("one"));
        Assert.Equal("Yes: ppo is better than the heuristic, by 280 [269, 291] return (points per episode).", runs["one"].GetProperty("headline").GetString());
        Assert.Equal("stopped", State("stopped"));
        Assert.Equal("running", State("running"));
        Assert.Equal("failed", State("failed"));
        Assert.StartsWith("After step 5,000: the loss is not finite.", runs["failed"].GetProperty("headline").GetString(), StringComparison.Ordinal);
        Assert.Equal("newer", State("newer"));
        Assert.Equal("broken", State("broken"));
        Assert.Equal("finished", State("applied"));

        string? State(string name) => runs[name].GetProperty("status").GetString();
    }

    [Fact]
    public async Task List_FilteredSortedAndPaged_IsTheWantedPart()
    {
        for (var i = 0; i < 7; i++) Runs.Training($"ppo-{i}", 1, minutesAgo: i);
        Runs.Finished("a2c", algorithm: "a2c", minutesAgo: 9);
        await using var caller = await Start();

        Assert.Equal(("ppo-3 ppo-4 ppo-5", 8, 3), await Names("?size=3&page=2"));
        Assert.Equal(("a2c ppo-6", 8, 4), await Names("?size=2&sort=oldest"));
        Assert.Equal(("a2c", 1, 1), await Names("?q=A2C%20BETTER"));
        Assert.Equal(("a2c", 1, 1), await Names("?status=finished"));
        Assert.Equal(("", 0, 1), await Names("?q=walrus"));
        Assert.Equal(("ppo-6 a2c", 8, 4), await Names("?size=2&page=99"));           // the last page there is
        var (status, problem) = await caller.Ask(HttpMethod.Get, "/api/runs?status=asleep&sort=size&size=0");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Allowed: running, finished, stopped, failed, newer, broken.", problem, StringComparison.Ordinal);
        Assert.Contains("Allowed: newest, oldest, name, status.", problem, StringComparison.Ordinal);
        Assert.Contains("Allowed: 1 to 200.", problem, StringComparison.Ordinal);

        async Task<(string, int, int)> Names(string query)
        {
            var answer = await caller.Get($"/api/runs{query}");
            return (string.Join(' ', answer.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()!)), answer.GetProperty("fitting").GetInt32(), answer.GetProperty("pages").GetInt32());
        }
    }

    [Fact]
    public async Task Details_TellAnswerConfigurationTrialsAndFiles()
    {
        Runs.Finished("one").Comparison("half");
        await using var caller = await Start();

        var one = await caller.Get("/api/runs/one");
        var half = await caller.Get("/api/runs/half");

        Assert.Equal("better", one.GetProperty("answer").GetString());
        Assert.Equal("3", one.GetProperty("configuration").GetProperty("run.seed").GetString());
        Assert.StartsWith("pilotage train --algorithm ppo --environment CartPole-v1 --seed 3 --steps 20000", one.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal(["config.yaml", "metrics.jsonl", "report.json"], one.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()));
        Assert.False(half.TryGetProperty("answer", out _));
        Assert.True(half.GetProperty("canResume").GetBoolean());
        var arm = Assert.Single(half.GetProperty("arms").EnumerateArray());
        // Three trials of means 1, 2 and 3; what was timed is no result. An earlier version wrote no total.
        Assert.Equal(("q-learning", 3, "reward", 2.0, 6.0), (
            arm.GetProperty("arm").GetString(), arm.GetProperty("done").GetInt32(), arm.GetProperty("metric").GetString(), arm.GetProperty("mean").GetDouble(), arm.GetProperty("seconds").GetDouble()));
        Assert.False(arm.TryGetProperty("trials", out _));
        Assert.False(half.GetProperty("run").GetProperty("trials").TryGetProperty("total", out _));
    }

    [Fact]
    public async Task Comparison_OnItsWay_TellsTrialsTimesAndMeans_InListAndDetailsAlike()
    {
        Runs.Comparison("half").Progress("half").Comparison("stopped", minutesAgo: 1).Progress("stopped").Study("study", minutesAgo: 2).Progress("study");
        using var life = RunLife.Begin(Runs.In("half"));
        File.SetLastWriteTimeUtc(Runs.In("half", "progress.json"), DateTime.UtcNow.AddSeconds(-10));
        await using var caller = await Start();

        var list = (await caller.Get("/api/runs")).GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!);
        var details = await caller.Get("/api/runs/half");

        foreach (var trials in new[] { list["half"].GetProperty("trials"), details.GetProperty("run").GetProperty("trials") })
        {
            Assert.Equal((3, 9, false), (trials.GetProperty("done").GetInt32(), trials.GetProperty("total").GetInt32(), trials.GetProperty("isAtMost").GetBoolean()));
            Assert.InRange(trials.GetProperty("elapsedSeconds").GetDouble(), 71.4, 100);
            Assert.InRange(trials.GetProperty("secondsLeft").GetDouble(), 35, 65.1);
            Assert.Equal(61.5 + 75, trials.GetProperty("elapsedSeconds").GetDouble() + trials.GetProperty("secondsLeft").GetDouble(), 0.2);
        }
        Assert.Equal("3 of 9 trials.", list["half"].GetProperty("headline").GetString());
        Assert.Equal([("threshold", 1, 1, 1.25), ("q-learning", 2, 8, 1.5)], details.GetProperty("arms").EnumerateArray().Select(arm => (
            arm.GetProperty("arm").GetString()!, arm.GetProperty("done").GetInt32(), arm.GetProperty("trials").GetInt32(), arm.GetProperty("mean").GetDouble())));
        Assert.Equal(61.5, list["stopped"].GetProperty("trials").GetProperty("elapsedSeconds").GetDouble());         // nobody works there
        Assert.False(list["stopped"].GetProperty("trials").TryGetProperty("secondsLeft", out _));
        Assert.False(list["study"].TryGetProperty("trials", out _));                                              // a report says it all
        Assert.Empty((await caller.Get("/api/runs/study")).GetProperty("arms").EnumerateArray());
    }

    [Fact]
    public async Task Metrics_ReadOnFromWhereTheyEnded_AndAnewAfterACut()
    {
        Runs.Training("one", 3);
        await using var caller = await Start();

        var first = await caller.Get("/api/runs/one/metrics");
        File.AppendAllText(Runs.In("one", "metrics.jsonl"), "{\"step\":4000,\"episode_re");
        var torn = await caller.Get($"/api/runs/one/metrics?after={Next(first)}");
        File.AppendAllText(Runs.In("one", "metrics.jsonl"), "turn\":50,\"fresh\":1}\nno json\n");
        var second = await caller.Get($"/api/runs/one/metrics?after={Next(torn)}");
        File.WriteAllText(Runs.In("one", "metrics.jsonl"), "{\"step\":1000,\"episode_return\":7}\n");
        var cut = await caller.Get($"/api/runs/one/metrics?after={Next(second)}");

        Assert.Equal([1000, 2000, 3000], first.GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()));
        Assert.Equal([20, 30, 40], Column(first, "episode_return"));
        Assert.Equal([null, 0.69, 0.68], Column(first, "entropy"));
        Assert.Equal((0, Next(first)), (torn.GetProperty("steps").GetArrayLength(), Next(torn)));       // a line that is being written comes whole the next time
        Assert.Equal([50], Column(second, "episode_return"));
        Assert.Equal([1], Column(second, "fresh"));
        Assert.Equal((0, 1), (cut.GetProperty("from").GetInt64(), cut.GetProperty("steps").GetArrayLength()));

        static long Next(JsonElement lines) => lines.GetProperty("next").GetInt64();
        static IEnumerable<double?> Column(JsonElement lines, string name) =>
            lines.GetProperty("values").GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble());
    }

    [Fact]
    public async Task UnknownRuns_AreNotFoundWithWhatToDo()
    {
        Runs.Finished("one");
        await using var caller = await Start();
        foreach (var path in new[] { "/api/runs/none", "/api/runs/none/metrics", "/api/runs/none/log", "/api/runs/..", "/api/runs/%2e%2e", "/api/runs/..%2f..%2fetc/metrics", "/api/runs/one%2f../log", "/api/runs/%00/log", "/api/nothing" })
        {
            var (status, problem) = await caller.Ask(HttpMethod.Get, path);
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {status} {problem}");
        }
    }

    [Fact]
    public async Task Download_OutsideTheRun_IsNotFound()
    {
        Runs.Training("one");
        File.WriteAllText(Folder.In("secret.txt"), "do not show");
        Directory.CreateDirectory(Folder.In("other"));
        File.WriteAllText(Folder.In("other/secret.txt"), "do not show");
        File.CreateSymbolicLink(Runs.In("one", "link.txt"), Folder.In("secret.txt"));
        Directory.CreateSymbolicLink(Runs.In("one", "linked"), Folder.In("other"));
        await using var caller = await Start();

        foreach (var path in new[] { "../../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/%2e%2e/secret.txt", "..%5c..%5csecret.txt", "%2fetc%2fpasswd", "link.txt", "linked/secret.txt", "checkpoints", "" })
        {
            using var reply = await caller.Client.GetAsync($"/runs/one/files/{path}", Cancelled);
            Assert.True(reply.StatusCode == HttpStatusCode.NotFound, $"{path}: {reply.StatusCode}");
            Assert.DoesNotContain("do not show", await reply.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Download_IsGivenToBeKeptAndNeverRunsAsAPage()
    {
        Runs.Study("study");
        File.WriteAllText(Runs.In("study", "report.html"), "<script>alert(1)</script>");
        await using var caller = await Start();

        foreach (var (path, kind) in new[] { ("report.html", "text/html"), ("plots/frontier.svg", "image/svg+xml"), ("report.json", "application/json") })
        {
            using var reply = await caller.Client.GetAsync($"/runs/study/files/{path}", Cancelled);
            Assert.Equal((HttpStatusCode.OK, kind), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
            Assert.Equal("attachment", reply.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("sandbox", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal(File.ReadAllBytes(Runs.In("study", path)), await reply.Content.ReadAsByteArrayAsync(Cancelled));
        }
    }

    [Fact]
    public async Task Secrets_ShowNowhere()
    {
        Runs.Training("one");
        File.AppendAllText(Runs.In("one", "config.yaml"), "  apiKey: hunter2hunter2\n  maximumTokens: 64\n");
        File.WriteAllText(Runs.In("one", "log.txt"), "fetching https://me:pa55word@host/x\nPASSWORD=hunter3hunter3 token: 12\nAuthorization: Bearer abcdefghijkl\nthe board's secret\n");
        await using var caller = await Start(options => options with { Token = "the board's secret" }, token: "the board's secret");

        string[] shown =
        [
            await caller.Page("/runs/one"), (await caller.Get("/api/runs/one")).ToString(), (await caller.Get("/api/runs/one/log")).ToString(),
            await caller.Client.GetStringAsync("/runs/one/files/config.yaml", Cancelled), await caller.Client.GetStringAsync("/runs/one/files/log.txt", Cancelled),
        ];

        foreach (var text in shown)
            foreach (var secret in new[] { "hunter2", "hunter3", "pa55word", "abcdefghijkl", "the board's secret", "the board&#x27;s secret" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Contains("maximumTokens: 64", shown[3], StringComparison.Ordinal);
        Assert.Contains("token: 12", shown[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_ThatCannotBeUsed_AreRefusedWithTheReason()
    {
        await using var caller = await Start();

        await Refused("{", HttpStatusCode.BadRequest, "PIL1917");
        await Refused("{\"sytem\":\"x\"}", HttpStatusCode.BadRequest, "PIL1917");
        await Refused("{}", HttpStatusCode.BadRequest, "PIL1927");
        await Refused("{\"system\":\"x\",\"algorithm\":\"ppo\",\"environment\":\"y\"}", HttpStatusCode.BadRequest, "PIL1927");
        await Refused("{\"system\":\"" + new string('x', 100_000) + "\"}", HttpStatusCode.RequestEntityTooLarge, "PIL1913");
        await Refused("{\"system\":\"cloud-autoscaling\"}", HttpStatusCode.Conflict, "PIL1921");
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Ask(HttpMethod.Post, "/api/runs")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await caller.Ask(HttpMethod.Delete, "/api/runs/one")).Status);

        async Task Refused(string body, HttpStatusCode expected, string code)
        {
            var (status, problem) = await caller.Ask(HttpMethod.Post, "/api/runs", body);
            Assert.True(status == expected && problem.StartsWith(code, StringComparison.Ordinal), $"{status} {problem}");
        }
    }
}
