using System.Threading.RateLimiting;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>Where requests of all protocols are decided: one after the other on as many cores as are given, the others wait in a queue that has an end.</summary>
/// <remarks>
/// A request is in the queue only once its body is read, so that a slow caller holds up nobody. Requests are not gathered into batches: a small network's decision is a few hundredths
/// of its request's time (docs/serving.md).
/// </remarks>
internal sealed class PolicyDesk(IDecider policy, ServingOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _turns = new(new()
    {
        PermitLimit = options.MaximumRunning, QueueLimit = options.MaximumWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Who decides.</summary>
    public IDecider Policy => policy;

    /// <summary>Requests that are waiting now.</summary>
    public long Waiting => _turns.GetStatistics()?.CurrentQueuedCount ?? 0;

    /// <summary>Decides.</summary>
    /// <param name="rows">Observations.</param>
    /// <param name="observations">Row-major [rows, size].</param>
    /// <param name="legal">Row-major; empty for all legal.</param>
    /// <param name="memories">One a row; empty for none.</param>
    /// <param name="cancelled">The caller left.</param>
    /// <exception cref="UserMistakeException">The request cannot be decided.</exception>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    public ValueTask<PolicyBatchDecision> Decide(int rows, float[] observations, bool[] legal, IReadOnlyList<EpisodeMemory?> memories, CancellationToken cancelled)
    {
        if (rows < 1) throw Wrong("PIL1711", "The request holds no observation.", "Send at least one.");
        if (rows > options.MaximumBatch) throw Wrong("PIL1711", $"The request holds {rows} observations; {options.MaximumBatch} are allowed.", "Send them in several requests.");
        using var turn = _turns.AttemptAcquire();
        return turn.IsAcquired ? new(policy.DecideBatch(rows, observations, legal, memories)) : new(DecideLater(rows, observations, legal, memories, cancelled));
    }

    /// <summary>Takes a turn and keeps it, for tests of a full queue.</summary>
    internal ValueTask<RateLimitLease> Occupy(CancellationToken cancelled) => _turns.AcquireAsync(1, cancelled);

    /// <summary>A request that has no answer.</summary>
    internal static UserMistakeException Wrong(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());

    public void Dispose() => _turns.Dispose();

    private async Task<PolicyBatchDecision> DecideLater(int rows, float[] observations, bool[] legal, IReadOnlyList<EpisodeMemory?> memories, CancellationToken cancelled)
    {
        using var turn = await _turns.AcquireAsync(1, cancelled);
        return turn.IsAcquired ? policy.DecideBatch(rows, observations, legal, memories) : throw new OverloadedException();
    }
}
