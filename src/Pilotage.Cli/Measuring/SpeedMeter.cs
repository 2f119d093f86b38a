using Pilotage.Evaluation.Statistics;
using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Cli.Measuring;

/// <summary>Times work: a warm-up, then short repetitions, by turns with the other side if there is one, so that a machine that is busy for a while is busy for both.</summary>
/// <param name="seconds">Of each side of a row, warm-up included; above 0.</param>
/// <param name="time">Its timestamps are the clock.</param>
/// <param name="cancellation">Looked at between calls.</param>
internal sealed class SpeedMeter(double seconds, TimeProvider time, CancellationToken cancellation)
{
    /// <summary>The fewest repetitions of a row: between the ends of six lies the median with 97 %, of five with 94.</summary>
    public const int LeastRepetitions = 6;

    private const double WarmUpShare = 0.25;            // half a second of two: the runtime compiles its last tier within it
    private const double RestShare = 0.05;
    private const double RepetitionShare = 0.0025;      // five milliseconds of two seconds: shorter than a scheduler's slices, so that on a busy machine many run undisturbed
    private const double ErrorPerEnd = 0.025;
    private const int LeastCalls = 2;                   // before anything is timed

    /// <summary>Measures one case.</summary>
    /// <param name="group">Name of its group.</param>
    /// <param name="what">The case.</param>
    /// <param name="device">Where it is measured.</param>
    /// <param name="other">What it is compared with, and its name; <see langword="null"/> for nothing. Left out where the case does not run on it.</param>
    /// <param name="tell">Told the share done, in [0, 1].</param>
    /// <returns>The row.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="UserMistakeException">The machine lacks what the case needs.</exception>
    public SpeedRow Measure(string group, SpeedCase what, Device device, (Device Device, string Name)? other, Action<double> tell)
    {
        cancellation.ThrowIfCancellationRequested();
        // What the row before left behind is not this one's.
        GC.Collect();
        var (first, second) = Sides(what, device, what.RunsOnTorch ? other?.Device : null);
        // On one processor the runtime's own thread compiles its last tier only while this one rests.
        cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(RestShare * seconds));

        var (rates, ratios) = (new List<double>(), new List<double>());
        var budget = (1 - WarmUpShare - RestShare) * seconds * (second is null ? 1 : 2);
        for (var start = time.GetTimestamp(); rates.Count < LeastRepetitions || Since(start) < budget;)
        {
            rates.Add(first.Rate());
            if (second is not null) ratios.Add(rates[^1] / second.Rate());
            tell(Math.Min(1, Math.Min(Since(start) / budget, (double)rates.Count / LeastRepetitions)));
        }
        var (value, bounds) = Median(rates);
        return new(group, what.Name, what.Unit, value, bounds, rates.Count, second is null ? null : Ratio(other!.Value.Name));

        SpeedRatio Ratio(string name)
        {
            var (ratio, ends) = Median(ratios);
            return new(name, ratio, ends);
        }
    }

    private static (double Value, Interval Bounds) Median(List<double> values)
    {
        var test = new SignTest([.. values]);
        return (test.Estimate, test.Bounds(ErrorPerEnd));
    }

    // Repetitions of both sides take about the same time, the slower one's call at least: whatever takes a processor away for a while then hits both alike.
    private (Side First, Side? Second) Sides(SpeedCase what, Device device, Device? other)
    {
        var first = WarmUp(what.Begin(device));
        if (other is null) return (new(this, first.Work, Calls(first.Seconds, first.Seconds)), null);
        var second = WarmUp(what.Begin(other));
        var slower = Math.Max(first.Seconds, second.Seconds);
        return (new(this, first.Work, Calls(first.Seconds, slower)), new(this, second.Work, Calls(second.Seconds, slower)));
    }

    private int Calls(double one, double atLeast) => Math.Max(1, (int)Math.Round(Math.Max(RepetitionShare * seconds, atLeast) / one));

    private (Func<double> Work, double Seconds) WarmUp(Func<double> work)
    {
        var (start, calls) = (time.GetTimestamp(), 0);
        while (calls < LeastCalls || Since(start) < WarmUpShare * seconds)
        {
            cancellation.ThrowIfCancellationRequested();
            work();
            calls++;
        }
        return (work, Since(start) / calls);
    }

    private double Since(long start) => time.GetElapsedTime(start).TotalSeconds;

    /// <summary>One side of a row, warm.</summary>
    private sealed class Side(SpeedMeter meter, Func<double> work, int calls)
    {
        /// <summary>Units a second over one repetition.</summary>
        public double Rate()
        {
            var (start, units) = (meter.Start(), 0.0);
            for (var i = 0; i < calls; i++) units += work();
            return units / meter.Since(start);
        }
    }

    private long Start()
    {
        cancellation.ThrowIfCancellationRequested();
        return time.GetTimestamp();
    }
}
