using System.Net.ServerSentEvents;
using System.Text.Json;
using Pilotage.Lab.Runs;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Live;

public sealed class LiveFeedTests : BoardFixture
{
    [Fact]
    public async Task Changes_AsTheyHappen_AreTold()
    {
        Runs.Training("one", 2);
        var life = RunLife.Begin(Runs.In("one"));
        await using var caller = await Start();
        await using var changes = await Changes.Of(caller);

        Assert.Equal("beat", (await changes.Next()).Type);

        Runs.Write("one", 1, first: 2);
        Assert.Contains("one", await changes.Until("metrics", "one"));

        Runs.Training("two");
        Assert.Contains("two", await changes.Until("runs", "two"));

        File.WriteAllText(Runs.In("one", "failure.txt"), "out of memory\n");
        life.Dispose();
        await changes.Until("runs", "one");
        Assert.Equal("failed", (await caller.Get("/api/runs/one")).GetProperty("run").GetProperty("status").GetString());

        Directory.Delete(Runs.In("two"), recursive: true);
        await changes.Until("runs", "two");
        Assert.Equal(1, (await caller.Get("/api/runs")).GetProperty("all").GetInt32());
    }

    [Fact]
    public async Task Trial_ThatEnds_IsTold_ThoughOnlyAFolderWithinChanges()
    {
        Runs.Comparison("sweep").Progress("sweep", 3);
        Directory.CreateDirectory(Runs.In("sweep", "trials/tuning"));
        using var life = RunLife.Begin(Runs.In("sweep"));
        await using var caller = await Start();
        await using var changes = await Changes.Of(caller);
        await changes.Next();

        File.WriteAllText(Runs.In("sweep", "trials/tuning/c1.0.json"), "{}");
        Runs.Progress("sweep", 4);

        await changes.Until("runs", "sweep");
        Assert.Equal("4 of 9 trials.", (await caller.Get("/api/runs")).GetProperty("runs")[0].GetProperty("headline").GetString());
    }

    [Fact]
    public async Task Resume_ByAnotherProgram_OfARunThatStopped_IsSeen()
    {
        Runs.Training("one", 2);
        await using var caller = await Start();
        await using var changes = await Changes.Of(caller);
        await changes.Next();

        using var life = RunLife.Begin(Runs.In("one"));
        await changes.Until("runs", "one");

        Assert.Equal("running", (await caller.Get("/api/runs")).GetProperty("runs")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task FinishedRun_ChangedByHand_IsToldByName()
    {
        Runs.Finished("one");
        await using var caller = await Start(options => options with { LookAtAllEvery = TimeSpan.FromMilliseconds(20) });
        await using var changes = await Changes.Of(caller);
        await changes.Next();

        File.WriteAllText(Runs.In("one", "report.json"), "{");

        await changes.Until("runs", "one");
    }

    [Fact]
    public async Task ProcessThatIsKilled_LeavesARunThatStopped()
    {
        Runs.Training("one", 2);
        await using var caller = await Start();
        await using var changes = await Changes.Of(caller);
        await changes.Next();
        var life = RunLife.Begin(Runs.In("one"));
        await changes.Until("runs", "one");

        // What a kill leaves: the file, held by nobody.
        var sign = Directory.GetFiles(Runs.In("one"), "running-*").Single();
        life.Dispose();
        File.WriteAllText(sign, "");
        await changes.Until("runs", "one");

        Assert.Equal("stopped", (await caller.Get("/api/runs")).GetProperty("runs")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task RunsFolder_MadeAfterTheStart_IsSeen()
    {
        Directory.Delete(Runs.Folder);
        await using var caller = await Start();
        await using var changes = await Changes.Of(caller);
        await changes.Next();

        Runs.Finished("one");

        await changes.Until("runs", "one");
    }

    [Fact]
    public async Task Listener_ThatLeaves_IsForgottenAndTheEndOfTheDashboardEndsTheOthers()
    {
        await using var caller = await Start();
        var first = await Changes.Of(caller);
        await using var second = await Changes.Of(caller);
        await first.Next();
        await second.Next();
        Assert.Equal(2, caller.Host.Feed.Listeners);

        await first.DisposeAsync();
        while (caller.Host.Feed.Listeners == 2) await Task.Yield();
        await caller.Host.StopAsync();

        Assert.True(await second.HasEnded());
    }

    [Fact]
    public async Task OneLook_ServesAllAndFinishedRunsCostNothing()
    {
        for (var i = 0; i < 50; i++) Runs.Finished($"run-{i}", minutesAgo: i);
        await using var caller = await Start();
        await caller.Get("/api/runs");
        var revision = caller.Host.Book.Now.Revision;

        // A finished run whose headline would change if it were read again.
        File.Delete(Runs.In("run-7", "report.json"));
        Runs.Training("new");
        while (caller.Host.Book.Now.Cards.Count < 51) await Task.Yield();

        Assert.Equal(revision + 1, caller.Host.Book.Now.Revision);
        Assert.Equal(50, caller.Host.Book.Now.Cards.Count(card => card.State == Dashboard.Board.Runs.RunState.Finished));
    }

    private sealed class Changes : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);          // for machines that are busy
        private readonly HttpResponseMessage _reply;
        private readonly IAsyncEnumerator<SseItem<string>> _items;

        private Changes(HttpResponseMessage reply, Stream stream) => (_reply, _items) = (reply, SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled));

        public static async Task<Changes> Of(Caller caller)
        {
            var reply = await caller.Client.GetAsync("/api/changes", HttpCompletionOption.ResponseHeadersRead, Cancelled);
            Assert.Equal("text/event-stream", reply.Content.Headers.ContentType?.MediaType);
            return new(reply, await reply.Content.ReadAsStreamAsync(Cancelled));
        }

        public async Task<(string Type, JsonElement Data)> Next()
        {
            Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Patience, Cancelled));
            return (_items.Current.EventType, JsonDocument.Parse(_items.Current.Data).RootElement);
        }

        /// <summary>Waits for a message that names the run.</summary>
        public async Task<IReadOnlyList<string>> Until(string kind, string name)
        {
            while (true)
            {
                List<string> names = [.. (await Next()).Data.GetProperty(kind).EnumerateArray().Select(one => one.GetString()!)];
                if (names.Contains(name)) return names;
            }
        }

        public async Task<bool> HasEnded()
        {
            try
            {
                return !await _items.MoveNextAsync().AsTask().WaitAsync(Patience, Cancelled);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                return true;
            }
        }

        public ValueTask DisposeAsync()
        {
            _reply.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
