using System.Diagnostics;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Torch.Bench;

/// <summary>Times two ways of doing the same by turns, A B A B, so that a machine that is busy for a while is busy for both.</summary>
internal static class Pairing
{
    private const int Repetitions = 41;
    private const double SecondsPerRepetition = 0.01;   // long beside the clock's step, short beside a change of the machine's load
    private const double WarmUpSeconds = 0.5;           // the runtime compiles its last tier within this
    private const double ErrorPerEnd = 0.025;
    private const int WaitForCompiler = 200;            // milliseconds

    /// <summary>Seconds so far: of the wall clock, or of the calling thread's processor time where other work shares the machine.</summary>
    public static Func<double> Clock { get; set; } = () => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    /// <summary>Measures a pair.</summary>
    /// <param name="first">The side that the row is about; one call.</param>
    /// <param name="second">The side that it is compared with; one call.</param>
    /// <returns>Median seconds of the first, and the median of second over first with its interval.</returns>
    public static (double Seconds, double Ratio, double Low, double High) Measure(Action first, Action second) => Measure(first, second, Clock);

    /// <summary>Measures a pair by another clock.</summary>
    /// <param name="first">The side that the row is about; one call.</param>
    /// <param name="second">The side that it is compared with; one call.</param>
    /// <param name="clock">Seconds so far.</param>
    /// <returns>As with the wall clock.</returns>
    public static (double Seconds, double Ratio, double Low, double High) Measure(Action first, Action second, Func<double> clock)
    {
        var (callsFirst, callsSecond) = (CallsOf(first, clock), CallsOf(second, clock));
        var (seconds, ratios) = (new double[Repetitions], new double[Repetitions]);
        for (var i = 0; i < Repetitions; i++)
        {
            seconds[i] = Time(first, callsFirst, clock);
            ratios[i] = Time(second, callsSecond, clock) / seconds[i];
        }
        Array.Sort(seconds);
        var test = new SignTest(ratios);
        var bounds = test.Bounds(ErrorPerEnd);
        return (seconds[Repetitions / 2], test.Estimate, bounds.Low, bounds.High);
    }

    private static int CallsOf(Action action, Func<double> clock)
    {
        var start = clock();
        var calls = 0;
        while (clock() - start < WarmUpSeconds || calls < 3)
        {
            action();
            calls++;
        }
        var seconds = clock() - start;
        // On a single processor the runtime's own thread compiles its last tier only while this one rests.
        Thread.Sleep(WaitForCompiler);
        return Math.Max(1, (int)(calls * SecondsPerRepetition / seconds));
    }

    private static double Time(Action action, int calls, Func<double> clock)
    {
        var start = clock();
        for (var i = 0; i < calls; i++) action();
        return (clock() - start) / calls;
    }
}
