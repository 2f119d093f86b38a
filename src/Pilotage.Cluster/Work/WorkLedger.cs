namespace Pilotage.Cluster.Work;

/// <summary>Who computes what: jobs, pieces of work, leases, results. The coordinator's whole state, without a word of networks or threads.</summary>
/// <param name="epoch">Names this life of the coordinator; leases of another one are told apart by it.</param>
/// <param name="times">How long leases and jobs live.</param>
/// <param name="time">The clock.</param>
/// <remarks>
/// A piece of work is <em>queued</em>, <em>leased</em> to one worker, <em>reported</em>, and gone when its asker has acknowledged the result. A report counts only with the lease that is valid
/// then, so no result is taken twice. The state is in memory alone: a coordinator that comes up elsewhere starts empty, askers hand in again what they have no result of, and
/// workers that still compute such a piece get their lease back when they renew it.
/// </remarks>
internal sealed class WorkLedger(string epoch, ClusterTimes times, TimeProvider time)
{
    /// <summary>A piece of work that ended so many workers is given up.</summary>
    public const int MaximumDeaths = 3;

    private const int RememberedAcknowledgements = 4096;

    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly Dictionary<string, (WorkerCard Card, TimeSpan Seen)> _workers = [];
    private readonly HashSet<Lease> _acknowledged = [];
    private readonly Queue<Lease> _acknowledgedInOrder = [];
    private long _leaseCount;

    private enum State { Held, Queued, Leased, Reported }

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>The workers that are alive.</summary>
    public IEnumerable<WorkerCard> Workers => _workers.Values.Select(worker => worker.Card);

    /// <summary>Open jobs, and the pieces of work that wait and that are computed.</summary>
    public (int Jobs, int Queued, int Leased) Counts =>
        (_jobs.Count, _jobs.Values.Sum(job => job.Pieces.Values.Count(piece => piece.State is State.Queued or State.Held)), _jobs.Values.Sum(job => job.Leased));

    /// <summary>Notes that a worker gave a sign of life.</summary>
    public void Meet(WorkerCard worker) => _workers[worker.Name] = (worker, Now);

    /// <summary>Whether a worker counts as alive.</summary>
    public bool Knows(WorkerCard worker) => _workers.ContainsKey(worker.Name);

    /// <summary>Opens a job, or shows that its asker is alive.</summary>
    public void Open(string job)
    {
        if (_jobs.TryGetValue(job, out var known)) known.Seen = Now;
        else _jobs.Add(job, new() { Seen = Now });
    }

    /// <summary>Ends a job; its workers hear of it when they renew.</summary>
    public void Close(string job) => _jobs.Remove(job);

    /// <summary>Keeps something that many pieces of work need.</summary>
    /// <returns>Whether the job is known.</returns>
    public bool Share(string job, string key, byte[] content)
    {
        if (!_jobs.TryGetValue(job, out var known)) return false;
        known.Shared[key] = content;
        return true;
    }

    /// <summary>Forgets what was shared.</summary>
    public void Unshare(string job, string key) => _jobs.GetValueOrDefault(job)?.Shared.Remove(key);

    /// <summary>Gives what was shared; <see langword="null"/> if the job or the key is gone.</summary>
    public byte[]? Pull(string job, string key) => _jobs.GetValueOrDefault(job)?.Shared.GetValueOrDefault(key);

    /// <summary>Takes pieces of work; those that are known already are left as they are.</summary>
    /// <param name="job">The job.</param>
    /// <param name="tasks">The pieces.</param>
    /// <param name="again">Whether another coordinator had them before: they wait a while for the worker that may compute them already.</param>
    /// <returns>Whether the job is known.</returns>
    public bool Submit(string job, IReadOnlyList<WorkTask> tasks, bool again)
    {
        if (!_jobs.TryGetValue(job, out var known)) return false;
        foreach (var task in tasks)
            known.Pieces.TryAdd(task.Id, new(task) { State = again ? State.Held : State.Queued, Until = Now + times.HoldBack });
        return true;
    }

    /// <summary>Takes a piece of work back; its result will be refused.</summary>
    public void Withdraw(string job, string task) => _jobs.GetValueOrDefault(job)?.Pieces.Remove(task);

    /// <summary>Gives a worker the oldest piece that waits, of the job that has the fewest workers.</summary>
    /// <returns>The lease and the piece; <see langword="null"/> if nothing is to do.</returns>
    public (Lease Lease, WorkTask Task)? Acquire(WorkerCard worker)
    {
        var job = _jobs.Where(pair => pair.Value.Next(worker.Kinds) is not null).OrderBy(pair => pair.Value.Leased).FirstOrDefault();
        if (job.Value?.Next(worker.Kinds) is not { } piece) return null;
        var lease = new Lease(job.Key, piece.Task.Id, epoch, ++_leaseCount);
        Assign(piece, lease, worker.Name);
        return (lease, piece.Task);
    }

    /// <summary>Prolongs a worker's leases.</summary>
    public Renewal Renew(WorkerCard worker, IReadOnlyList<Lease> leases)
    {
        var (lost, orphaned) = (new List<Lease>(), new List<Lease>());
        foreach (var lease in leases)
        {
            if (FindOrAdopt(worker.Name, lease) is { } piece) piece.Until = Now + times.Lease;
            else if (IsOrphan(lease)) orphaned.Add(lease);
            else lost.Add(lease);
        }
        return new([.. lost], [.. orphaned]);
    }

    /// <summary>Takes a result, at most once.</summary>
    public ReportState Report(WorkerCard worker, Lease lease, WorkResult result)
    {
        if (_acknowledged.Contains(lease)) return ReportState.Acknowledged;
        if (FindOrAdopt(worker.Name, lease) is not { } piece) return IsOrphan(lease) ? ReportState.Unknown : ReportState.Refused;
        if (piece.State != State.Reported) (piece.State, piece.Result) = (State.Reported, result);
        return ReportState.Held;
    }

    /// <summary>Gives results to their asker, who says which it has from the last time.</summary>
    /// <returns>What is not acknowledged; <see langword="null"/> if the job is not known.</returns>
    public Finished[]? Collect(string job, IReadOnlyList<string> acknowledged)
    {
        if (!_jobs.TryGetValue(job, out var known)) return null;
        known.Seen = Now;
        foreach (var task in acknowledged)
        {
            if (!known.Pieces.Remove(task, out var piece) || piece.Lease is not { } lease || !_acknowledged.Add(lease)) continue;
            _acknowledgedInOrder.Enqueue(lease);
            if (_acknowledgedInOrder.Count > RememberedAcknowledgements) _acknowledged.Remove(_acknowledgedInOrder.Dequeue());
        }
        return [.. known.Pieces.Values.Where(piece => piece.State == State.Reported).Select(piece => new Finished(piece.Task.Id, piece.Result!, piece.Worker))];
    }

    /// <summary>Forgets a worker; its work goes to others.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="reason">How it died; <see langword="null"/> if it left of its own will.</param>
    public void Leave(string worker, string? reason)
    {
        _workers.Remove(worker);
        foreach (var piece in _jobs.Values.SelectMany(job => job.Pieces.Values).Where(piece => piece.State == State.Leased && piece.Worker == worker)) Return(piece, reason);
    }

    /// <summary>Forgets workers, leases and jobs that gave no sign of life. To be called now and then.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Expire()
    {
        var changed = false;
        foreach (var (job, _) in _jobs.Where(pair => Now - pair.Value.Seen > times.Asker).ToList()) changed |= _jobs.Remove(job);
        foreach (var (name, _) in _workers.Where(pair => Now - pair.Value.Seen > times.Lease).ToList())
        {
            Leave(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no sign of life for {times.Lease.TotalSeconds:0.#} s"));
            changed = true;
        }
        foreach (var piece in _jobs.Values.SelectMany(job => job.Pieces.Values).Where(piece => piece.Until < Now).ToList())
        {
            if (piece.State == State.Held) piece.State = State.Queued;
            else if (piece.State == State.Leased) Return(piece, reason: null);       // its worker lives and does not know of it: the answer that granted it was lost
            else continue;
            changed = true;
        }
        return changed;
    }

    private void Assign(Piece piece, Lease lease, string worker) => (piece.State, piece.Lease, piece.Worker, piece.Until) = (State.Leased, lease, worker, Now + times.Lease);

    // Given by an earlier life of the coordinator, for a job whose asker has not come back yet.
    private bool IsOrphan(Lease lease) => lease.Epoch != epoch && !_jobs.ContainsKey(lease.Job);

    private Piece? FindOrAdopt(string worker, Lease lease)
    {
        if (_jobs.GetValueOrDefault(lease.Job)?.Pieces.GetValueOrDefault(lease.Task) is not { } piece) return null;
        if (piece.Lease == lease) return piece;                           // leased or reported: a piece that waits has none
        if (lease.Epoch == epoch || piece.State is not (State.Held or State.Queued)) return null;
        Assign(piece, lease, worker);
        return piece;
    }

    private static void Return(Piece piece, string? reason)
    {
        (piece.State, piece.Lease) = (State.Queued, null);
        if (reason is null) return;
        piece.Deaths.Add($"{piece.Worker} ({reason})");
        if (piece.Deaths.Count < MaximumDeaths) return;
        (piece.State, piece.Result) = (State.Reported, WorkResult.Failed(Ending.RunFailed, new Mistake(
            "PIL2105", $"This work ended {MaximumDeaths} workers, one after the other: {string.Join(", ", piece.Deaths)}.", "",
            "Often a worker has too little memory for it: give each more, or run fewer on a machine. Without workers the run shows its own failure.").ToString()));
    }

    private sealed class Job
    {
        public Dictionary<string, Piece> Pieces { get; } = [];

        public Dictionary<string, byte[]> Shared { get; } = [];

        public TimeSpan Seen { get; set; }

        public int Leased => Pieces.Values.Count(piece => piece.State == State.Leased);

        public Piece? Next(string[] kinds) => Pieces.Values.FirstOrDefault(piece => piece.State == State.Queued && kinds.Contains(piece.Task.Kind));
    }

    private sealed class Piece(WorkTask task)
    {
        public WorkTask Task => task;

        public State State { get; set; }

        /// <summary>When it is no longer held back, or when its lease expires.</summary>
        public TimeSpan Until { get; set; }

        public Lease? Lease { get; set; }

        public string Worker { get; set; } = "";

        public WorkResult? Result { get; set; }

        public List<string> Deaths { get; } = [];
    }
}
