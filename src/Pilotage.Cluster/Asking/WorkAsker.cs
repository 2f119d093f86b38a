using System.Globalization;
using Pilotage.Cluster.Work;

namespace Pilotage.Cluster.Asking;

/// <summary>The side that wants work computed. It keeps what it has no result of, hands it in again when the coordinator came up anew, and takes each result once.</summary>
/// <remarks>Thread-safe. A run of an asker is one job of the cluster.</remarks>
internal sealed class WorkAsker : IAsyncDisposable
{
    private readonly ICoordinator _coordinator;
    private readonly string _job;
    private readonly string _version;
    private readonly ClusterTimes _times;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pending> _pending = [];
    private readonly Dictionary<string, byte[]> _shared = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _pump = Task.CompletedTask;
    private Exception? _failure;
    private long _finished;
    private volatile bool _isBehind;                                    // the coordinator may lack something of this asker

    private WorkAsker(ICoordinator coordinator, string job, string version, ClusterTimes times, TimeProvider time) =>
        (_coordinator, _job, _version, _times, _time) = (coordinator, job, version, times, time);

    /// <summary>How many pieces of work have ended.</summary>
    public long Finished => Interlocked.Read(ref _finished);

    /// <summary>Opens a job.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="job">Its name, unique among all askers of the cluster.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="times">How long to bear a cluster that does not answer.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The asker; dispose it to end the job.</returns>
    /// <exception cref="UserMistakeException">The cluster runs another version.</exception>
    public static async Task<WorkAsker> OpenAsync(IGrainFactory grains, string job, string version, ClusterTimes times, TimeProvider time)
    {
        var asker = new WorkAsker(grains.GetGrain<ICoordinator>(ICoordinator.Key), job, version, times, time);
        if (await asker._coordinator.Open(job, version) is { } refusal) throw new UserMistakeException(refusal);
        asker._pump = Task.Run(asker.PumpAsync);
        return asker;
    }

    /// <summary>Gives all workers of this job something to pull by its key.</summary>
    /// <param name="key">Its content never changes.</param>
    /// <param name="content">Kept until <see cref="UnshareAsync"/>.</param>
    public async Task ShareAsync(string key, byte[] content)
    {
        lock (_lock) _shared[key] = content;
        await TellAsync(() => _coordinator.Share(_job, key, content));
    }

    /// <summary>Forgets what was shared; workers that have it keep it for a while.</summary>
    public async Task UnshareAsync(string key)
    {
        lock (_lock) _shared.Remove(key);
        await TryAsync(() => _coordinator.Unshare(_job, key));
    }

    /// <summary>Has a piece of work computed.</summary>
    /// <param name="task">Its name is unique within this asker.</param>
    /// <param name="cancellation">Takes it back.</param>
    /// <returns>What it left.</returns>
    /// <exception cref="RunFailedException">The cluster did not answer, or had no worker, for longer than the patience.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the asker was disposed.</exception>
    public async Task<WorkResult> RunAsync(WorkTask task, CancellationToken cancellation)
    {
        var pending = new Pending(task);
        lock (_lock)
        {
            if (_failure is not null) throw _failure;
            _stop.Token.ThrowIfCancellationRequested();
            _pending.Add(task.Id, pending);
        }
        await TellAsync(() => _coordinator.Submit(_job, [task], again: false));
        try
        {
            return await pending.Result.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            lock (_lock) _pending.Remove(task.Id);
            await TryAsync(() => _coordinator.Withdraw(_job, task.Id));
            throw;
        }
    }

    /// <summary>Ends all that is asked for and will be, with one reason.</summary>
    public void Fail(Exception failure)
    {
        List<Pending> all;
        lock (_lock)
        {
            _failure ??= failure;
            all = [.. _pending.Values];
            _pending.Clear();
        }
        foreach (var pending in all) pending.Result.TrySetException(failure);
    }

    /// <summary>Ends the job: workers drop what is left of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        Fail(new OperationCanceledException("The cluster was closed.", _stop.Token));
        await TryAsync(() => _coordinator.Close(_job));
        await _pump;
    }

    private async Task PumpAsync()
    {
        string[] received = [];
        var answered = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (_isBehind) await HandInAgainAsync();
                var collected = await _coordinator.Collect(_job, received).WaitAsync(_stop.Token);
                received = collected.IsKnown ? [.. collected.Results.Select(Take)] : [];
                _isBehind |= !collected.IsKnown;
                if (collected.Workers > 0 || IsIdle) answered = _time.GetTimestamp();
                else if (_time.GetElapsedTime(answered) > _times.Patience) Fail(Gone("has had no worker", ""));
            }
            catch (Exception e) when (Calls.IsTransient(e))
            {
                _isBehind = true;
                if (_time.GetElapsedTime(answered) > _times.Patience) Fail(Gone("has not answered", $" The last failure: {e.Message.ReplaceLineEndings(" ")}"));
                await Task.Delay(_times.Renewal / 5, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool IsIdle
    {
        get { lock (_lock) return _pending.Count == 0; }
    }

    // Only the first result of a piece is handed on; whichever comes later finds nobody.
    private string Take(Finished finished)
    {
        Pending? pending;
        lock (_lock) _pending.Remove(finished.Task, out pending);
        if (pending is null) return finished.Task;
        Interlocked.Increment(ref _finished);
        pending.Result.TrySetResult(finished.Result);
        return finished.Task;
    }

    private async Task HandInAgainAsync()
    {
        _isBehind = false;                                              // first: what fails meanwhile counts again
        if (await _coordinator.Open(_job, _version) is { } refusal)
        {
            Fail(new UserMistakeException(refusal));
            return;
        }
        KeyValuePair<string, byte[]>[] shared;
        WorkTask[] tasks;
        lock (_lock) (shared, tasks) = ([.. _shared], [.. _pending.Values.Select(pending => pending.Task)]);
        foreach (var (key, content) in shared) await _coordinator.Share(_job, key, content);
        if (tasks.Length > 0) await _coordinator.Submit(_job, tasks, again: true);
    }

    // What does not arrive is handed in again by the pump.
    private async Task TellAsync(Func<Task<bool>> call)
    {
        try { _isBehind |= !await call(); }
        catch (Exception e) when (Calls.IsTransient(e)) { _isBehind = true; }
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try { await call(); }
        catch (Exception e) when (Calls.IsTransient(e)) { }
    }

    private RunFailedException Gone(string what, string why) => new(new Mistake(
        "PIL2104", string.Create(CultureInfo.InvariantCulture, $"The cluster {what} for {_times.Patience.TotalSeconds:0} s.{why}"), "",
        "Finished trials are kept: start workers (pilotage worker) and go on with pilotage resume.").ToString());

    private sealed record Pending(WorkTask Task)
    {
        public TaskCompletionSource<WorkResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
