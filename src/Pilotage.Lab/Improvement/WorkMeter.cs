namespace Pilotage.Lab.Improvement;

/// <summary>Counts trained steps, weighted by what a step of each learner costs, and tells the share done and the time left. Thread-safe.</summary>
internal sealed class WorkMeter(IProgress<ImproveProgress>? progress)
{
    private readonly Lock _lock = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private double _told;
    private double _beganAt;
    private double _done;

    /// <summary>Seconds of one thread that all of the work takes, as far as is known.</summary>
    public double Total { get; set; }

    /// <summary>What is done now.</summary>
    public string Words { get; set; } = "";

    /// <summary>Adds work that was done.</summary>
    /// <param name="seconds">Seconds of one thread.</param>
    public void Add(double seconds)
    {
        if (progress is null) return;
        lock (_lock)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(_start).TotalSeconds;
            if (_done == 0) _beganAt = elapsed;
            _done += seconds;
            if (elapsed - _told < 0.1 && _done < Total) return;          // ten times a second is all that an eye follows
            _told = elapsed;
            var share = Total > 0 ? Math.Min(1, _done / Total) : 0;
            progress.Report(new(share, share > 0.01 ? (elapsed - _beganAt) * (1 - share) / share : double.NaN, Words));
        }
    }
}
