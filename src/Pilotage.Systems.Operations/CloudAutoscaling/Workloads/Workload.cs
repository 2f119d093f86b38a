namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Requests per step over weeks, cut into days that never cross a seam. Immutable and shared by all rows.</summary>
internal sealed class Workload
{
    /// <param name="name">As it stands in tables: <c>nasa</c>.</param>
    /// <param name="loads">Requests in each step, finite and at least 0.</param>
    /// <param name="segments">Unbroken stretches, in order.</param>
    /// <param name="stepSeconds">Length of a step; a whole number of steps makes a day, or the day is cut short to whole steps.</param>
    public Workload(string name, double[] loads, IReadOnlyList<WorkloadSegment> segments, double stepSeconds)
    {
        Name = name;
        Loads = loads;
        Segments = segments;
        StepSeconds = stepSeconds;
        StepsPerDay = Math.Max(1, (int)(86_400 / stepSeconds));
        var days = new List<WorkloadDay>();
        foreach (var segment in segments)
            for (var start = 0; start + StepsPerDay <= segment.Length; start += StepsPerDay)
                days.Add(new(days.Count + 1, segment.Start + start, segment.Start, segment.ClockStep));
        Days = days;
    }

    public string Name { get; }

    /// <summary>Requests in each step.</summary>
    public double[] Loads { get; }

    public IReadOnlyList<WorkloadSegment> Segments { get; }

    public double StepSeconds { get; }

    public int StepsPerDay { get; }

    /// <summary>Whole days, in time order; what is left of a segment after its last whole day is in no episode.</summary>
    public IReadOnlyList<WorkloadDay> Days { get; }

    /// <summary>Load of a step, or of the segment's first step where the past is not known.</summary>
    public double LoadOrFirst(int index, int segmentStart) => Loads[Math.Max(index, segmentStart)];

    /// <summary>Mean load of some days, requests per step.</summary>
    public double Mean(IReadOnlyList<WorkloadDay> days) => days.Count == 0 ? 0 : days.Average(day => Loads.AsSpan(day.Start, StepsPerDay).Mean());

    /// <summary>A percentile of the steps of some days (nearest rank).</summary>
    /// <param name="days">Training days; taking test days would be leakage.</param>
    /// <param name="share">In (0, 1].</param>
    public double Percentile(IReadOnlyList<WorkloadDay> days, double share)
    {
        var values = new double[days.Count * StepsPerDay];
        for (var i = 0; i < days.Count; i++) Loads.AsSpan(days[i].Start, StepsPerDay).CopyTo(values.AsSpan(i * StepsPerDay));
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }

    /// <summary>The workload multiplied so that the 99th percentile of the training days' steps fills a number of machines. Test days are not looked at.</summary>
    /// <param name="training">Training days.</param>
    /// <param name="vms">Machines that the percentile fills.</param>
    /// <param name="vmRequests">Requests that one machine serves in a step.</param>
    public Workload ScaledTo(IReadOnlyList<WorkloadDay> training, double vms, double vmRequests)
    {
        var percentile = Percentile(training, 0.99);
        if (percentile <= 0) return this;                                // no load at all: nothing to scale
        var factor = vms * vmRequests / percentile;
        return new(Name, Array.ConvertAll(Loads, load => load * factor), Segments, StepSeconds);
    }
}
