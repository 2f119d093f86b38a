using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Pilotage.Dashboard.Board.Runs;

namespace Pilotage.Dashboard.Board.Live;

/// <summary>Tells all open pages what changed. One look at the disk serves them all. Thread-safe.</summary>
internal sealed class LiveFeed(RunBook book, TimeProvider clock)
{
    /// <summary>What a message without news is called; it keeps the connection, and finds out those that left.</summary>
    public const string Beat = "beat";

    /// <summary>What a message with news is called.</summary>
    public const string Change = "change";

    private const int MostWaiting = 64;
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<Channel<LiveChange>, bool> _listeners = new();

    /// <summary>How many pages listen.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>Tells a change. A page that does not keep up is let go: it comes back and looks at everything.</summary>
    public void Tell(LiveChange change)
    {
        foreach (var listener in _listeners.Keys) if (!listener.Writer.TryWrite(change)) listener.Writer.TryComplete();
    }

    /// <summary>Listens until cancelled. The first message tells the revision, so that a page that was away knows whether it missed something.</summary>
    public async IAsyncEnumerable<SseItem<LiveChange>> Listen([EnumeratorCancellation] CancellationToken cancelled)
    {
        var channel = Channel.CreateBounded<LiveChange>(MostWaiting);
        _listeners[channel] = true;
        try
        {
            yield return new(new(book.Now.Revision, [], []), Beat);
            var next = channel.Reader.WaitToReadAsync(cancelled).AsTask();
            while (true)
            {
                var beat = Task.Delay(BeatEvery, clock, cancelled);
                if (await Task.WhenAny(next, beat) == beat)
                {
                    if (cancelled.IsCancellationRequested) yield break;
                    yield return new(new(book.Now.Revision, [], []), Beat);
                    continue;
                }
                if (cancelled.IsCancellationRequested || !await next) yield break;
                while (channel.Reader.TryRead(out var change)) yield return new(change, Change);
                next = channel.Reader.WaitToReadAsync(cancelled).AsTask();
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }
}
