using System.Net;
using System.Text.Json;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Work;

/// <summary>With a shell script in the place of the tool, which tells what it was called with and does as it is told.</summary>
public sealed class RunStarterTests : BoardFixture
{
    // The last word is --out=FOLDER when it starts, FOLDER when it resumes.
    private const string Tool = """
        for word in "$@"; do echo "[$word]"; done
        out="${word#--out=}"
        case "$*" in
          *refuse*) echo "PIL0104  discount = 7 is above 1." >&2; echo "         Use a number from 0 to 1." >&2; exit 2 ;;
          *crash*) exit 3 ;;
          *notoken*) test -z "$PILOTAGE_TOKEN" || exit 3 ;;
        esac
        printf 'run:\n  command: train\n  algorithm: ppo\n  environment: CartPole-v1\n' > "$out/config.yaml"
        mkdir -p "$out/checkpoints"
        sleep 0.1
        """;

    [Fact]
    public async Task Start_GivesEachWordAsOneArgument_AndKeepsWhatIsPrinted()
    {
        await using var caller = await StartWithTool();

        var (status, text) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"system":"cloud-autoscaling","scale":"smoke","seed":-5,"seeds":3,"threads":1,"settings":{"service.bootSeconds":"9; rm -rf $HOME `id`","a b":"--out=/tmp/x"}}""");
        var name = JsonDocument.Parse(text).RootElement.GetProperty("name").GetString()!;
        var log = await Log(caller, name, lines: 11);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Matches("^[0-9]{8}-[0-9]{6}-cloud-autoscaling-[0-9a-f]{6}$", name);
        Assert.Equal(
            ["[run]", "[cloud-autoscaling]", "[--scale=smoke]", "[--seed=-5]", "[--seeds=3]", "[--threads=1]", "[--set]", "[service.bootSeconds=9; rm -rf $HOME `id`]", "[--set]", "[a b=--out=/tmp/x]",
                $"[--out={Runs.In(name).TrimEnd('/')}]"], log);
    }

    [Fact]
    public async Task Start_ThatTheToolRefuses_TellsItsWordsAndLeavesNothing()
    {
        await using var caller = await StartWithTool();

        var (status, problem) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"refuse"}""");
        var (crashed, silent) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"crash"}""");
        using var form = await caller.Client.PostAsync("/train", new FormUrlEncodedContent([new("algorithm", "ppo"), new("environment", "refuse"), new("steps", "12")]), Cancelled);
        var page = await form.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal((HttpStatusCode.BadRequest, "PIL0104 discount = 7 is above 1. Use a number from 0 to 1."), (status, problem));
        Assert.Equal(HttpStatusCode.BadRequest, crashed);
        Assert.StartsWith("PIL1926", silent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        Assert.Contains("discount = 7 is above 1.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"12\"", page, StringComparison.Ordinal);                   // what was typed is still there
        Assert.Empty(Directory.EnumerateDirectories(Runs.Folder));
    }

    [Fact]
    public async Task Start_OnADiskThatTakesNothing_SaysSo()
    {
        File.WriteAllText(Folder.In("file"), "");                        // no folder can be made below a file, by nobody
        await using var caller = await StartWithTool(options => options with { RunsFolder = Folder.In("file/runs") });

        var (status, problem) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"x"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("PIL1923", problem, StringComparison.Ordinal);
        Assert.Equal(0, (await caller.Get("/api/runs")).GetProperty("all").GetInt32());
    }

    [Fact]
    public async Task Start_ByAForm_LeadsToTheRun()
    {
        await using var caller = await StartWithTool();

        using var good = await Post(("scale", "smoke"), ("seed", ""), ("set.service.bootSeconds", " 240 "), ("set.other", ""));
        using var bad = await Post(("seeds", "many"));
        var name = good.Headers.Location!.ToString()["/runs/".Length..];
        var log = await Log(caller, name, lines: 6);

        Assert.Equal(HttpStatusCode.Redirect, good.StatusCode);
        Assert.Equal(["[run]", "[cloud-autoscaling]", "[--scale=smoke]", "[--set]", "[service.bootSeconds=240]"], log.Take(5));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("seeds is &quot;many&quot;. Allowed: a whole number.", await bad.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Ask(HttpMethod.Post, "/systems/nix/start")).Status);

        Task<HttpResponseMessage> Post(params (string Key, string Value)[] fields) =>
            caller.Client.PostAsync("/systems/cloud-autoscaling/start", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value))), Cancelled);
    }

    [Fact]
    public async Task Start_TooManyAtOnce_IsRefused()
    {
        File.WriteAllText(Folder.In("tool.sh"), Tool.Replace("sleep 0.1", "sleep 30", StringComparison.Ordinal));
        await using var caller = await StartWithTool(options => options with { MostRunning = 1 }, write: false);

        var (first, text) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"x"}""");
        var (second, problem) = await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"x"}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (first, second));
        Assert.StartsWith("PIL1922", problem, StringComparison.Ordinal);
        Assert.NotEmpty(text);
    }

    [Fact]
    public async Task Resume_ARunThatStopped_CallsTheToolWithItsFolder()
    {
        Runs.Training("one").Finished("done").Applied("applied");
        await using var caller = await StartWithTool();

        Assert.Equal(HttpStatusCode.Accepted, (await caller.Ask(HttpMethod.Post, "/api/runs/one/resume")).Status);
        Assert.Equal(["[resume]", $"[{Runs.In("one").TrimEnd('/')}]"], await Log(caller, "one", 2));
        var (status, problem) = await caller.Ask(HttpMethod.Post, "/api/runs/done/resume");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("PIL0209", problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Ask(HttpMethod.Post, "/api/runs/nix/resume")).Status);
        using var life = Lab.Runs.RunLife.Begin(Runs.In("one"));
        Assert.StartsWith("PIL1924", (await caller.Ask(HttpMethod.Post, "/api/runs/one/resume")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhatIsNotAtWork_IsRefused()
    {
        Runs.Training("one");
        await using var caller = await StartWithTool();

        var (status, problem) = await caller.Ask(HttpMethod.Post, "/api/runs/one/stop");
        using var form = await caller.Client.PostAsync("/runs/one/stop", null, Cancelled);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("PIL1925", problem, StringComparison.Ordinal);
        Assert.Contains("one is not at work.", await form.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Ask(HttpMethod.Post, "/api/runs/nix/stop")).Status);
    }

    [Fact]
    public async Task Token_IsNotHandedToRuns()
    {
        Environment.SetEnvironmentVariable("PILOTAGE_TOKEN", "a secret");
        try
        {
            await using var caller = await StartWithTool();
            Assert.Equal(HttpStatusCode.Created, (await caller.Ask(HttpMethod.Post, "/api/runs", """{"algorithm":"ppo","environment":"notoken"}""")).Status);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PILOTAGE_TOKEN", null);
        }
    }

    private Task<Caller> StartWithTool(Func<Dashboard.Board.DashboardOptions, Dashboard.Board.DashboardOptions>? change = null, bool write = true)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The tool of this test is a shell script.");
        if (write) File.WriteAllText(Folder.In("tool.sh"), Tool);
        return Start(options => (change ?? (same => same))(options with { Tool = ["/bin/sh", Folder.In("tool.sh")] }));
    }

    private static async Task<string[]> Log(Caller caller, string name, int lines)
    {
        while (true)
        {
            var text = (await caller.Get($"/api/runs/{name}/log")).GetProperty("text").GetString()!;
            if (text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is var read && read.Length >= lines) return read;
        }
    }
}
