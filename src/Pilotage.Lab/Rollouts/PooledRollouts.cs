using System.Runtime.ExceptionServices;
using Pilotage.Experience;

namespace Pilotage.Lab.Rollouts;

/// <summary>A pool's workers as a learner sees them: every piece is played, wherever, and used once.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class PooledRollouts : IRolloutWorkers, IDisposable
{
    // A rollout takes milliseconds to seconds; who was interrupted lets it end, so that the checkpoint lies between two iterations.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly IRolloutChannel _channel;
    private readonly CancellationTokenSource _giveUp;
    private readonly CancellationTokenRegistration _interruption;
    private readonly RolloutLedger _ledger = new();
    private readonly SortedSet<long> _shared = [];

    /// <summary>Opens the way to the workers.</summary>
    /// <param name="pool">They.</param>
    /// <param name="run">Tells this training's weights from others'.</param>
    /// <param name="text">The content of the training's <c>config.yaml</c>.</param>
    /// <param name="cancellation">Workers still have ten seconds to answer then.</param>
    public PooledRollouts(IRolloutPool pool, string run, string text, CancellationToken cancellation = default) : this(pool, run, text, TimeProvider.System, cancellation) { }

    internal PooledRollouts(IRolloutPool pool, string run, string text, TimeProvider time, CancellationToken cancellation)
    {
        _channel = pool.Open(run, text);
        _giveUp = new(Timeout.InfiniteTimeSpan, time);
        _interruption = cancellation.Register(() => _giveUp.CancelAfter(Patience));
        Pieces = pool.Slots;
    }

    /// <inheritdoc/>
    public int Pieces { get; }

    /// <summary>What was counted so far.</summary>
    public RolloutFigures Figures => _ledger.Figures;

    /// <inheritdoc/>
    public void Offer(long version, ReadOnlyMemory<byte> weights)
    {
        _shared.Add(version);
        _ledger.Share(weights.Length);
        _channel.Share(version, weights);
    }

    /// <inheritdoc/>
    public void Play(IReadOnlyList<RolloutTask> tasks, Action<RolloutTask, ReadOnlyMemory<byte>> use)
    {
        var oldest = tasks[0].Versions.Min();
        while (_shared.Count > 0 && _shared.Min < oldest)
        {
            _channel.Forget(_shared.Min);
            _shared.Remove(_shared.Min);
        }
        _ledger.Begin(tasks);
        foreach (var task in tasks) Send(task);
        while (_ledger.Open > 0)
        {
            var reply = Next();
            var (verdict, task) = _ledger.Judge(reply);
            if (task is null) continue;
            if (reply.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
            if (verdict == RolloutVerdict.SendAgain) Send(task);
            else use(task, reply.Result);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interruption.Dispose();
        _giveUp.Dispose();
        _channel.Dispose();
    }

    private RolloutReply Next()
    {
        try
        {
            return _channel.Next(_giveUp.Token);
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            throw new RunFailedException($"Interrupted in the middle of a rollout, and workers did not answer for {Patience.TotalSeconds} seconds.");
        }
    }

    private void Send(RolloutTask task)
    {
        _ledger.Send(task);
        _channel.Submit(task);
    }
}
