using Orleans.Concurrency;
using Orleans.Placement;

namespace Pilotage.Cluster.Work;

/// <summary>What the coordinators of a silo are made from.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Times">How long things wait.</param>
internal sealed record CoordinatorSettings(string Version, ClusterTimes Times);

/// <summary>The ledger behind grain calls. Requests that wait do so between turns; nothing is computed here.</summary>
[Reentrant, PreferLocalPlacement]
internal sealed class Coordinator(CoordinatorSettings settings, TimeProvider time, ILocalSiloDetails silo) : Grain, ICoordinator
{
    private readonly ClusterTimes _times = settings.Times;
    private WorkLedger _ledger = null!;
    private string _epoch = "";
    private TaskCompletionSource _signal = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = GrainContext.ActivationId.ToString();
        _ledger = new(_epoch, _times, time);
        this.RegisterGrainTimer(Expire, new GrainTimerCreationOptions(_times.Renewal / 2, _times.Renewal / 2) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task<string?> Open(string job, string version)
    {
        var refusal = ProgramVersions.Refusal("This program", version, settings.Version);
        if (refusal is null) _ledger.Open(job);
        return Task.FromResult(refusal);
    }

    public Task Close(string job) => Change(() => _ledger.Close(job));

    public Task<bool> Share(string job, string key, byte[] content) => Task.FromResult(_ledger.Share(job, key, content));

    public Task Unshare(string job, string key) => Change(() => _ledger.Unshare(job, key));

    public Task<byte[]?> Pull(string job, string key) => Task.FromResult(_ledger.Pull(job, key));

    public Task<bool> Submit(string job, WorkTask[] tasks, bool again)
    {
        var isKnown = _ledger.Submit(job, tasks, again);
        Signal();
        return Task.FromResult(isKnown);
    }

    public Task Withdraw(string job, string task) => Change(() => _ledger.Withdraw(job, task));

    public async Task<Collected> Collect(string job, string[] acknowledged)
    {
        var results = _ledger.Collect(job, acknowledged);
        if (acknowledged.Length > 0) Signal();
        await Until(() => (results = _ledger.Collect(job, [])) is not { Length: 0 });
        return new(results is not null, results ?? [], _ledger.Workers.Count());
    }

    public async Task<Grant> Acquire(WorkerCard worker)
    {
        if (ProgramVersions.Refusal("This worker", worker.Version, settings.Version) is { } refusal) return new(refusal, null, null, _times.Renewal);
        _ledger.Meet(worker);
        (Lease Lease, WorkTask Task)? found = null;
        // A worker that was declared dead while it waited must be given nothing.
        await Until(() => !_ledger.Knows(worker) || (found = _ledger.Acquire(worker)) is not null);
        return new(null, found?.Lease, found?.Task, _times.Renewal);
    }

    public Task<Renewal> Renew(WorkerCard worker, Lease[] leases)
    {
        _ledger.Meet(worker);
        return Task.FromResult(_ledger.Renew(worker, leases));
    }

    public async Task<ReportState> Report(WorkerCard worker, Lease lease, WorkResult result)
    {
        _ledger.Meet(worker);
        var state = _ledger.Report(worker, lease, result);
        if (state != ReportState.Held) return state;
        Signal();
        await Until(() => (state = _ledger.Report(worker, lease, result)) != ReportState.Held);
        return state;
    }

    public Task Leave(string worker, string? reason) => Change(() => _ledger.Leave(worker, reason));

    public Task<ClusterStatus> Status()
    {
        var (jobs, queued, leased) = _ledger.Counts;
        WorkerCard[] workers = [.. _ledger.Workers.OrderBy(worker => worker.Name, StringComparer.Ordinal)];
        return Task.FromResult(new ClusterStatus(settings.Version, silo.SiloAddress.ToParsableString(), _epoch, workers, jobs, queued, leased));
    }

    private Task Change(Action change)
    {
        change();
        Signal();
        return Task.CompletedTask;
    }

    private Task Expire()
    {
        if (_ledger.Expire()) Signal();
        return Task.CompletedTask;
    }

    // Everybody who waits looks again: some tens of looks at dictionaries.
    private void Signal()
    {
        var signal = _signal;
        _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
        signal.SetResult();
    }

    private async Task Until(Func<bool> isReached)
    {
        var start = time.GetTimestamp();
        while (!isReached())
        {
            var left = _times.Poll - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return;
            try
            {
                await _signal.Task.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }
}
