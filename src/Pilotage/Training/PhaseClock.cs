namespace Pilotage.Training;

/// <summary>Splits elapsed time into the places that are timed for everyone. Never influences a result.</summary>
/// <param name="time">Where the time comes from; <see langword="null"/> for the system's.</param>
public sealed class PhaseClock(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _last = (time ?? TimeProvider.System).GetTimestamp();    // a learner may finish a lap before its first iteration
    private long _environment;
    private long _act;
    private long _learn;

    /// <summary>Seconds in each place so far.</summary>
    public LearnerTiming Timing => new(Seconds(_environment), Seconds(_act), Seconds(_learn));

    /// <summary>Begins: what passed before counts nowhere.</summary>
    public void Start() => _last = _time.GetTimestamp();

    /// <summary>What passed since the last call was spent stepping the environment.</summary>
    public void EndEnvironment() => _environment += Lap();

    /// <summary>What passed since the last call was spent choosing actions.</summary>
    public void EndAct() => _act += Lap();

    /// <summary>What passed since the last call was spent learning.</summary>
    public void EndLearn() => _learn += Lap();

    private long Lap()
    {
        var now = _time.GetTimestamp();
        var passed = now - _last;
        _last = now;
        return passed;
    }

    private double Seconds(long ticks) => (double)ticks / _time.TimestampFrequency;
}
