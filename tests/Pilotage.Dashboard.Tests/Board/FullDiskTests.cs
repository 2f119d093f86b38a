using System.Net;
using Microsoft.Extensions.Logging;
using Pilotage.Lab.Runs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board;

/// <summary>Runs on a disk without room, a real one: what cannot be done is said once, and what can be is.</summary>
public sealed class FullDiskTests : BoardFixture
{
    private const string Training = """{"algorithm":"ppo","environment":"CartPole-v1"}""";

    [Fact]
    public async Task Start_AndResume_SayThatTheDiskIsFullAndLeaveNothing()
    {
        using var disk = SmallDisk.TryMount(512);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        new SampleRuns(disk.In("runs")).Finished("one").Training("stopped", 5);
        File.WriteAllText(Folder.In("tool.sh"), "touch \"$0.called\"; exit 1");
        disk.Fill(leavingKilobytes: 20);
        await using var caller = await Start(options => options with { RunsFolder = disk.In("runs"), Tool = ["/bin/sh", Folder.In("tool.sh")] });

        var started = await caller.Ask(HttpMethod.Post, "/api/runs", Training);
        var resumed = await caller.Ask(HttpMethod.Post, "/api/runs/stopped/resume");
        using var form = await caller.Client.PostAsync("/train", new FormUrlEncodedContent([new("algorithm", "ppo"), new("environment", "CartPole-v1")]), Cancelled);
        var page = await form.Content.ReadAsStringAsync(Cancelled);
        using var resume = await caller.Client.PostAsync("/runs/stopped/resume", null, Cancelled);

        var words = $"PIL1929 The disk of {disk.In("runs")} is full. Free space, then try again. Runs that are there can be read all the same.";
        Assert.Equal((HttpStatusCode.InsufficientStorage, words), started);
        Assert.Equal((HttpStatusCode.InsufficientStorage, words), resumed);
        Assert.Single(page.Split("PIL1929").Skip(1));                     // one message, on the form as it was
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("PIL1929", await resume.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(["one", "stopped"], Directory.GetDirectories(disk.In("runs")).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.GetFiles(disk.In("runs", "stopped"), "running-*"));
        Assert.False(File.Exists(Folder.In("tool.sh.called")));

        disk.Free();
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Ask(HttpMethod.Post, "/api/runs", Training)).Status);           // the tool has its say again
        Assert.True(File.Exists(Folder.In("tool.sh.called")));
    }

    [Fact]
    public async Task Runs_OfAFullDisk_AreShownAndFollowed()
    {
        using var disk = SmallDisk.TryMount(512);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        var (runs, defects) = (new SampleRuns(disk.In("runs")), new List<string>());
        runs.Finished("one").Comparison("half").Progress("half");
        disk.Fill();
        await using var caller = await Start(options => options with { RunsFolder = disk.In("runs"), LookAtAllEvery = TimeSpan.FromMilliseconds(50) }, logging => logging.AddProvider(new Listener(defects)));

        Assert.Equal(["half", "one"], await Names());
        Assert.Contains("3 of 9 trials", await caller.Page("/runs/half"), StringComparison.Ordinal);
        Assert.Equal(20, (await caller.Get("/api/runs/one/metrics")).GetProperty("steps").GetArrayLength());
        Directory.Delete(disk.In("runs", "one"), recursive: true);
        while ((await Names()).Length > 1) await Task.Delay(10, Cancelled);
        Assert.Empty(defects);

        async Task<string[]> Names() => [.. (await caller.Get("/api/runs")).GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()!).Order()];
    }

    [Fact]
    public void Index_OfAFullDisk_IsReadFromTheFolders_AndMadeOnceThereIsRoom()
    {
        using var disk = SmallDisk.TryMount(512);
        Assert.SkipWhen(disk is null, SmallDisk.Reason);
        new SampleRuns(disk.In("runs")).Finished("one").Failed("two", 1);
        var expected = RunIndex.Read(disk.In("runs"));
        foreach (var file in Directory.GetFiles(disk.In("runs"))) File.Delete(file);
        disk.Fill();

        Assert.Equal(expected, RunIndex.Read(disk.In("runs")));
        Assert.Equal(expected, RunIndex.Read(disk.In("runs")));

        disk.Free();
        Assert.Equal(expected, RunIndex.Read(disk.In("runs")));
        Assert.NotEqual(0, new FileInfo(disk.In("runs", RunIndex.FileName)).Length);
    }

    private sealed class Listener(List<string> heard) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (heard) heard.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
