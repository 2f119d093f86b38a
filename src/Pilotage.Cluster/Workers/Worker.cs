using System.Globalization;
using Pilotage.Cluster.Work;

namespace Pilotage.Cluster.Workers;

/// <summary>Computes a cluster's work in this process, on threads of its own: asks for leases, renews them, reports results until they are acknowledged.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="card">Who this worker is; as many pieces are computed at once as it has slots.</param>
/// <param name="programs">One for each kind of the card.</param>
/// <param name="times">How long to go on without a coordinator.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Is told a line now and then; from several threads.</param>
internal sealed class Worker(IGrainFactory grains, WorkerCard card, IReadOnlyList<IWorkProgram> programs, ClusterTimes times, TimeProvider time, Action<string> tell)
{
    private readonly ICoordinator _coordinator = grains.GetGrain<ICoordinator>(ICoordinator.Key);
    private readonly PulledContents _contents = new(grains.GetGrain<ICoordinator>(ICoordinator.Key));
    private readonly Lock _lock = new();
    private readonly Dictionary<Lease, Computation> _computations = [];
    private TimeSpan _renewEvery = times.Renewal;
    private long _done;

    /// <summary>How many results were acknowledged.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Works until it is stopped; then gives its leases back.</summary>
    /// <param name="stop">Stops within the pieces that are computed.</param>
    /// <exception cref="UserMistakeException">The cluster runs another version.</exception>
    /// <exception cref="RunFailedException">No coordinator answered for longer than the patience.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var slots = Enumerable.Range(0, card.Slots).Select(_ => Ending(WorkAsync)).ToArray();
        var renewal = RenewAsync(ending.Token);
        try
        {
            await Task.WhenAll(slots);
        }
        finally
        {
            await ending.CancelAsync();
            await renewal;
            try { await _coordinator.Leave(card.Name, reason: null); }
            catch (Exception e) when (Calls.IsTransient(e)) { }          // its leases expire
        }

        // One slot that cannot go on ends the others.
        async Task Ending(Func<CancellationToken, Task> work)
        {
            try { await work(ending.Token); }
            finally { await ending.CancelAsync(); }
        }
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        var answered = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            Grant grant;
            try
            {
                grant = await _coordinator.Acquire(card).WaitAsync(stop);
                answered = time.GetTimestamp();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Calls.IsTransient(e))
            {
                if (time.GetElapsedTime(answered) > times.Patience) throw Unreachable(e);
                await PauseAsync(stop);
                continue;
            }
            if (grant.Refusal is { } refusal) throw new UserMistakeException(refusal);
            _renewEvery = grant.RenewEvery;
            if (grant is { Lease: { } lease, Task: { } task }) await ComputeAsync(lease, task, stop);
        }
    }

    private async Task ComputeAsync(Lease lease, WorkTask task, CancellationToken stop)
    {
        using var computation = new Computation(CancellationTokenSource.CreateLinkedTokenSource(stop));
        lock (_lock) _computations.Add(lease, computation);
        try
        {
            var start = time.GetTimestamp();
            // Minutes of arithmetic: a thread of its own, never one that the cluster's messages wait for.
            var result = await Task.Factory.StartNew(() => Compute(lease, task, computation.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(stop);
            if (result is not null && await ReportAsync(lease, result, computation, stop))
            {
                var number = Interlocked.Increment(ref _done);
                if (programs.First(program => program.Kind == task.Kind).IsTold) tell(string.Create(CultureInfo.InvariantCulture, $"{number} done: {task.Id} in {time.GetElapsedTime(start).TotalSeconds:0.0} s{(result.Ending == Ending.Done ? "" : $", {result.Ending}")}"));
            }
            else if (!stop.IsCancellationRequested)
            {
                tell($"dropped: {task.Id}, its lease is gone");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            tell($"given back: {task.Id}");
        }
        finally
        {
            lock (_lock) _computations.Remove(lease);
        }
    }

    // Null if it was stopped. Whatever a program throws is the asker's to see; it must not end the worker.
#pragma warning disable CA1031
    private WorkResult? Compute(Lease lease, WorkTask task, CancellationToken cancellation)
    {
        try
        {
            var program = programs.First(program => program.Kind == task.Kind);
            return WorkResult.Of(program.Run(new(task.Payload, key => _contents.Get(lease.Job, key, cancellation)), cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return WorkResult.Failed(Ending.UserMistake, [.. mistake.Problems]);
        }
        catch (RunFailedException failure)
        {
            return WorkResult.Failed(Ending.RunFailed, failure.Message);
        }
        catch (OutOfMemoryException)
        {
            return WorkResult.Failed(Ending.RunFailed, new Mistake("PIL2106", $"Worker {card.Name} has too little memory for this work.", "", "Give it more, or run fewer workers on its machine.").ToString());
        }
        catch (Exception bug)
        {
            return WorkResult.Failed(Ending.Bug, bug.ToString());
        }
    }
#pragma warning restore CA1031

    // Until the asker has it, so that a coordinator's death loses no result.
    private async Task<bool> ReportAsync(Lease lease, WorkResult result, Computation computation, CancellationToken stop)
    {
        while (!computation.Token.IsCancellationRequested)
        {
            try
            {
                var state = await _coordinator.Report(card, lease, result).WaitAsync(computation.Token);
                if (state is ReportState.Acknowledged or ReportState.Refused) return state == ReportState.Acknowledged;
                if (state is ReportState.Unknown) await PauseAsync(stop);
            }
            catch (Exception e) when (Calls.IsTransient(e))
            {
                await PauseAsync(stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return false;                                            // the renewal has found the lease lost
            }
        }
        return false;
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(_renewEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            KeyValuePair<Lease, Computation>[] held;
            lock (_lock) held = [.. _computations];
            if (stop.IsCancellationRequested) return;
            Renewal renewal;
            try
            {
                renewal = await _coordinator.Renew(card, [.. held.Select(pair => pair.Key)]).WaitAsync(stop);
            }
            catch (Exception e) when (Calls.IsTransient(e) || (e is OperationCanceledException && stop.IsCancellationRequested))
            {
                continue;                                                // the leases outlive some of these
            }
            foreach (var (lease, computation) in held)
            {
                if (renewal.Lost.Contains(lease)) computation.Cancel();
                else if (!renewal.Orphaned.Contains(lease)) computation.OrphanSince = null;
                else if (computation.OrphanSince is not { } since) computation.OrphanSince = time.GetTimestamp();
                else if (time.GetElapsedTime(since) > times.Lease) computation.Cancel();
            }
        }
    }

    private Task PauseAsync(CancellationToken stop) => Task.Delay(_renewEvery / 5, time, stop);

    private RunFailedException Unreachable(Exception last) => new(new Mistake(
        "PIL2104", string.Create(CultureInfo.InvariantCulture, $"The cluster has not answered for {times.Patience.TotalSeconds:0} s. The last failure: {last.Message.ReplaceLineEndings(" ")}"), "",
        "Start the worker again once it can be reached.").ToString());

    private sealed class Computation(CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token { get; } = source.Token;

        public long? OrphanSince { get; set; }

        public void Cancel()
        {
            try { source.Cancel(); }
            catch (ObjectDisposedException) { }                          // it has ended meanwhile
        }

        public void Dispose() => source.Dispose();
    }
}
