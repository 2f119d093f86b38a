using System.Runtime.ExceptionServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Threads that wait to help with one operation at a time. Not a task scheduler: the caller works too, and waits until all is done.</summary>
/// <remarks>
/// Each thread begins with a share of its own, the same chunks in every call of so many: what it wrote in one operation it reads in the next, and little crosses from core to core. Who is done
/// takes over from others. So chunks are done in any order by any thread: a chunk must write what no other writes, and its borders must follow from the shapes alone, never from the
/// number of threads. Then results depend on neither. A call allocates nothing. Calls that come while another is running are done by their caller alone.
/// Beside calls one of the threads may be given work of its own; while it does that, calls go on without it.
/// </remarks>
internal sealed unsafe class Workers : IDisposable
{
    /// <summary>How often a thread looks for work before it sleeps: a quarter of a millisecond, longer than the operations between two products of a step. Waking it takes longer than a product.</summary>
    private const int Looks = 1000;
    private const int Pause = 10;

    /// <summary>Integers from share to share: two lines, since processors fetch neighbours together.</summary>
    private const int Apart = 32;

    private const long Open = 1L << 31;
    private const long Joined = Open - 1;

    private readonly Worker[] _workers;
    private delegate*<void*, int, Arena, void> _job;
    private void* _state;
    private int _chunks;
    private readonly int[] _next;                                                        // of each thread's share, far apart
    private int _busy;
    private ExceptionDispatchInfo? _failure;
    private IThreadPoolWorkItem? _aside;

    /// <summary>Number of the call in the upper half, then whether it takes helpers, then how many have joined and not left.</summary>
    private long _gate;
    private volatile bool _ended;

    /// <param name="threads">Threads that work together, the caller's among them; at least 2.</param>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 2);
        Threads = threads;
        _next = new int[threads * Apart];
        _workers = new Worker[threads - 1];
        for (var i = 0; i < _workers.Length; i++)
        {
            var (worker, share) = (_workers[i] = new(), i + 1);
            new Thread(() => Serve(worker, share)) { IsBackground = true, Name = $"Pilotage worker {i + 1}" }.Start();
        }
    }

    public int Threads { get; }

    /// <summary>Runs all chunks and returns when they are done.</summary>
    /// <param name="job">Does one chunk: gets the state, the chunk's number, and memory of the thread that runs it.</param>
    /// <param name="state">Handed to each chunk; must stay where it is.</param>
    /// <param name="chunks">How many.</param>
    /// <param name="scratch">The caller's memory, for the chunks that it does itself.</param>
    /// <exception cref="Exception">What the first failing chunk threw; chunks that had not begun are left out.</exception>
    public void Run(delegate*<void*, int, Arena, void> job, void* state, int chunks, Arena scratch)
    {
        if (chunks < 2 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (var chunk = 0; chunk < chunks; chunk++) job(state, chunk, scratch);
            return;
        }
        _job = job;
        _state = state;
        _chunks = chunks;
        for (var share = 0; share < Threads; share++) _next[share * Apart] = End(share - 1);
        Volatile.Write(ref _gate, ((_gate >> 32) + 1) << 32 | Open);
        var helpers = Math.Min(_workers.Length, chunks - 1);
        for (var i = 0; i < helpers; i++) _workers[i].Wake();
        Work(0, scratch);
        // Late comers find the gate closed and go back to sleep, so nobody waits for a thread that the system has not run yet.
        Interlocked.And(ref _gate, ~Open);
        var spin = new SpinWait();
        while ((Volatile.Read(ref _gate) & Joined) != 0) spin.SpinOnce(sleep1Threshold: -1);
        var failure = _failure;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    /// <summary>Gives work to the first thread that has nothing to do; its calls are its own. Returns at once.</summary>
    /// <param name="work">Must not throw. Where no thread comes before the next one is given, it is never done: whoever waits for it must be able to do it.</param>
    public void RunAside(IThreadPoolWorkItem work)
    {
        Volatile.Write(ref _aside, work);
        foreach (var worker in _workers) worker.Wake();
    }

    /// <summary>Lets the threads end. Nothing may be running.</summary>
    public void Dispose()
    {
        _ended = true;
        foreach (var worker in _workers) worker.Wake();
    }

    private void Serve(Worker worker, int share)
    {
        using var scratch = new Arena();
        var seen = 0L;
        while (!_ended)
        {
            if (!Await(worker, seen)) continue;
            Interlocked.Exchange(ref _aside, null)?.Execute();
            var gate = Volatile.Read(ref _gate);
            seen = gate >> 32;
            while ((gate & Open) != 0 && gate >> 32 == seen)
            {
                var before = Interlocked.CompareExchange(ref _gate, gate + 1, gate);
                if (before == gate)
                {
                    Work(share, scratch);
                    Interlocked.Decrement(ref _gate);
                    break;
                }
                gate = before;
            }
        }
        worker.Dispose();
    }

    /// <summary>Whether there is a call that was not yet seen, or work beside calls. Looks for a while, then sleeps until woken.</summary>
    private bool Await(Worker worker, long seen)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (HasWork(seen)) return true;
            Thread.SpinWait(Pause);
        }
        worker.BeforeSleep();
        if ((!HasWork(seen) && !_ended) || !worker.TryStayAwake()) worker.Sleep();
        return HasWork(seen);
    }

    private bool HasWork(long seen) => Volatile.Read(ref _gate) >> 32 != seen || Volatile.Read(ref _aside) is not null;

    private void Work(int own, Arena scratch)
    {
        for (var i = 0; i < Threads; i++)
        {
            var share = (own + i) % Threads;
            while (true)
            {
                var chunk = Interlocked.Increment(ref _next[share * Apart]) - 1;
                if (chunk >= End(share)) break;
                try
                {
                    _job(_state, chunk, scratch);
                }
                catch (Exception error)
                {
                    // Carried to the caller, who throws it on.
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
                    for (var other = 0; other < Threads; other++) Volatile.Write(ref _next[other * Apart], _chunks);
                }
            }
        }
    }

    /// <summary>The chunk behind a thread's share.</summary>
    private int End(int share) => (int)((long)_chunks * (share + 1) / Threads);

    /// <summary>One thread's sleep. Whoever takes back the mark that it sets before sleeping decides: a waker then owes it a signal.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _signal = new(0);
        private int _asleep;

        public void BeforeSleep() => Interlocked.Exchange(ref _asleep, 1);

        public bool TryStayAwake() => Interlocked.Exchange(ref _asleep, 0) == 1;

        public void Sleep() => _signal.Wait();

        public void Wake()
        {
            if (Interlocked.Exchange(ref _asleep, 0) == 1) _signal.Release();
        }

        public void Dispose() => _signal.Dispose();
    }
}
