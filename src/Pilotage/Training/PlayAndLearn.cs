using System.Runtime.ExceptionServices;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Tensors;

namespace Pilotage.Training;

/// <summary>The rounds of a learner with a replay: a burst of play, then a burst of updates; or both at the same time, with a policy that lags by one burst.</summary>
/// <remarks>
/// Overlapped, a round's play uses weights from before the round's updates, and what it plays enters the replay after them. So neither sees what the other does, and the bits are
/// the same whether they run at once, on a device of two threads or more, or one after the other. Between two rounds nothing is in flight.
/// </remarks>
internal sealed class PlayAndLearn : IThreadPoolWorkItem
{
    private readonly Func<long> _play;
    private readonly Action<long> _learn;
    private readonly IReplay _replay;
    private readonly WaitingTransitions? _waiting;                                       // null: no overlap
    private readonly (Parameters Acting, Parameters Learned) _weights;
    private readonly bool _atOnce;
    private readonly PhaseClock _learnClock = new();
    private readonly object _gate = new();
    private bool _hasPlayed;
    private int _isTaken;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes room.</summary>
    /// <param name="overlap">Whether play and updates overlap.</param>
    /// <param name="replay">Where updates draw from.</param>
    /// <param name="spec">Gives the sizes of transitions.</param>
    /// <param name="acting">Weights that play acts with: a copy of <paramref name="learned"/> where they overlap.</param>
    /// <param name="learned">Weights that updates change. Their device says whether there are threads to overlap on.</param>
    /// <param name="play">Plays a burst, writes it to <see cref="Played"/>, tells <see cref="PlayClock"/>, and gives the steps so far.</param>
    /// <param name="learn">Makes a burst of updates; gets the steps whose transitions are in the replay.</param>
    public PlayAndLearn(bool overlap, IReplay replay, EnvironmentSpec spec, Parameters acting, Parameters learned, Func<long> play, Action<long> learn)
    {
        (_play, _learn, _replay, _weights) = (play, learn, replay, (acting, learned));
        if (!overlap) return;
        _waiting = new(spec);
        _atOnce = learned.Device.Threads > 1;
    }

    /// <summary>Where play writes its transitions.</summary>
    public ITransitionSink Played => (ITransitionSink?)_waiting ?? _replay;

    /// <summary>Told by play what is acting and what is the environment.</summary>
    public PhaseClock PlayClock { get; } = new();

    /// <summary>Seconds in each place; overlapped on two threads, together more than have passed.</summary>
    public LearnerTiming Timing => new(PlayClock.Timing.Environment, PlayClock.Timing.Act, _learnClock.Timing.Learn);

    /// <summary>Bytes that waiting transitions and the acting weights take.</summary>
    public long Bytes => _waiting is null ? 0 : _waiting.Bytes + 2 * sizeof(float) * (long)_weights.Acting.Values.Length;

    /// <summary>Plays and learns once.</summary>
    /// <param name="steps">Played so far.</param>
    /// <exception cref="RunFailedException">Play or an update failed.</exception>
    public void Run(long steps)
    {
        if (_waiting is null)
        {
            Learn(Play());
            return;
        }
        _weights.Acting.BlendFrom(_weights.Learned, 1);
        _hasPlayed = false;
        Volatile.Write(ref _isTaken, 0);
        if (_atOnce) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        try
        {
            Learn(steps);
        }
        finally
        {
            PlayUnlessTaken();                                                           // by this thread, where no other came
            lock (_gate)
            {
                while (!_hasPlayed) Monitor.Wait(_gate);
            }
        }
        var failure = _failure;
        _failure = null;
        failure?.Throw();
        _waiting.MoveTo(_replay);
    }

    void IThreadPoolWorkItem.Execute() => PlayUnlessTaken();

    private void PlayUnlessTaken()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0) return;
        try
        {
            Play();
        }
#pragma warning disable CA1031 // Carried to the thread that waits, which throws it on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
        lock (_gate)
        {
            _hasPlayed = true;
            Monitor.Pulse(_gate);
        }
    }

    private long Play()
    {
        PlayClock.Start();
        return _play();
    }

    private void Learn(long steps)
    {
        _learnClock.Start();
        _learn(steps);
        _learnClock.EndLearn();
    }
}
