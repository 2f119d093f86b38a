using System.Diagnostics;
using Pilotage.Language.Models;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Workloads;

namespace Pilotage.Bench;

/// <summary>Tokens per second of drawing, scoring and learning, and their share of the rate of the product 256x256x256, taken by turns with it. One thread by its processor time, two by the wall clock.</summary>
internal static unsafe class LanguageBench
{
    private const int Turns = 21;
    private const double SecondsPerTurn = 0.02;
    private const double WarmUpSeconds = 0.6;
    private const int Side = 256;
    private const int Prompt = 16;
    private const int Response = 48;

    /// <summary>Two sizes of models, vocabulary 64; prompts of 16 and responses of 48 tokens; at 1, 16 and 64 rows, one and two threads.</summary>
    /// <returns>Rates and shares.</returns>
    public static IReadOnlyList<BenchRow> Run() =>
        [.. from threads in new[] { 1, 2 } from size in new[] { "nano", "1M" } from rows in new[] { 1, 16, 64 } from row in Measure(size, rows, threads) select row];

    private static IEnumerable<BenchRow> Measure(string size, int rows, int threads)
    {
        var run = new LanguageRun(size == "nano" ? LanguageModelConfig.Nano(64) : LanguageModelConfig.Mini(64), rows, Prompt, Response, Device.Processor(threads));
        var name = $"{size}, {rows} row{(rows == 1 ? "" : "s")}, {threads} thread{(threads == 1 ? "" : "s")}";
        foreach (var (part, call, flops) in new (string, Action, double)[] { ("generate", () => run.Generate(), run.GenerateFlops), ("score", () => run.Score(), run.ScoreFlops), ("learn", () => run.Run(), run.Flops) })
        {
            var (seconds, share) = Shares(call, flops, threads == 1 ? () => ProcessorClock.Seconds : () => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);
            yield return new($"{name}, {part}", run.Tokens / seconds, "tokens/s");
            yield return new($"{name}, {part}, of one thread's peak", 100 * share, "%");
        }
    }

    /// <summary>Medians of the seconds of a call and of the ratio of the two rates in neighbouring turns.</summary>
    private static (double Seconds, double Share) Shares(Action call, double flops, Func<double> clock)
    {
        var (a, b, c) = (new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side));
        a.Memory.Span.Fill(0.5f);
        b.Memory.Span.Fill(0.25f);
        using var scratch = new Arena();
        void Product() => LinearLayer.Forward(a.Start, b.Start, null, c.Start, Side, Side, Side, scratch);
        var (calls, products) = (Calls(call, clock), Calls(Product, clock));
        var (seconds, shares) = (new double[Turns], new double[Turns]);
        for (var i = 0; i < Turns; i++)
        {
            seconds[i] = Time(call, calls, clock);
            shares[i] = flops / seconds[i] / (2.0 * Side * Side * Side / Time(Product, products, clock));
        }
        Array.Sort(seconds);
        Array.Sort(shares);
        return (seconds[Turns / 2], shares[Turns / 2]);
    }

    private static int Calls(Action action, Func<double> clock)
    {
        var start = clock();
        var calls = 0;
        for (; clock() - start < WarmUpSeconds || calls < 3; calls++) action();
        var seconds = clock() - start;
        // On a single processor the runtime's own thread compiles its last tier only while this one rests.
        Thread.Sleep(200);
        return Math.Max(1, (int)(calls * SecondsPerTurn / seconds));
    }

    private static double Time(Action action, int calls, Func<double> clock)
    {
        var start = clock();
        for (var i = 0; i < calls; i++) action();
        return (clock() - start) / calls;
    }
}
