using System.Diagnostics;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Workloads;

namespace Pilotage.Bench;

/// <summary>Whole gradient steps: their share of the matrix product's peak, taken by turns with it, bytes allocated, memory against its estimate.</summary>
internal static unsafe class WorkloadBench
{
    private const int Pairs = 31;
    private const double SecondsPerTurn = 0.02;
    private const double WarmUpSeconds = 1;
    private const int Side = 256;

    /// <summary>Measures the workloads whose name begins so.</summary>
    public static void Run(string wanted)
    {
        var (a, b, c) = (new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side));
        a.Memory.Span.Fill(0.5f);
        b.Memory.Span.Fill(0.25f);
        using var scratch = new Arena();
        foreach (var (name, make) in new (string, Func<IWorkload>)[]
        {
            ("ppo, batch 64", () => new PpoUpdate(64)), ("ppo, batch 256", () => new PpoUpdate(256)), ("sac, batch 256", () => new SacUpdate(256)),
            ("transformer 128, 32 x 64", () => new TransformerStep(32, 64, 128, 4)), ("transformer 128, 32 x 256", () => new TransformerStep(32, 256, 128, 4)),
            ("transformer 256, 32 x 64", () => new TransformerStep(32, 64, 256, 8)), ("transformer 256, 32 x 256", () => new TransformerStep(32, 256, 256, 8)),
            ("convolution, 64 images", () => new ConvolutionStep(64)),
        })
        {
            if (!name.StartsWith(wanted, StringComparison.Ordinal)) continue;
            var workload = make();
            var (estimate, measured) = (MemoryEstimate.OfStep(workload.Loss, workload.Parameters), StepBytes(workload));
            var (seconds, peak, share) = Shares(() => workload.Run(), workload.Flops, () => LinearLayer.Forward(a.Start, b.Start, null, c.Start, Side, Side, Side, scratch));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++) workload.Run();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Console.WriteLine($"{name,-26} {seconds * 1e6,11:F1} us  {workload.Flops / seconds / 1e9,6:F1} GFLOP/s, {share:P0} of the {peak / 1e9:F1} of {Side}x{Side}x{Side}; "
                + $"{allocated} bytes allocated in 20 steps; memory {measured / 1e6:F2} MB, estimated {estimate / 1e6:F2} ({(double)estimate / measured:P1})");
        }
    }

    /// <summary>Steps of large operations with several threads, by turns with the same on one; before them, what that many threads give at most here.</summary>
    public static void Threads(int threads)
    {
        Ceiling(threads);
        foreach (var (name, make) in new (string, Func<Device, IWorkload>)[]
        {
            ("sac, batch 256", device => new SacUpdate(256, device)), ("transformer 256, 32 x 64", device => new TransformerStep(32, 64, 256, 8, device)),
            ("transformer 256, 32 x 256", device => new TransformerStep(32, 256, 256, 8, device)), ("convolution, 64 images", device => new ConvolutionStep(64, device)),
        })
        {
            var (alone, together) = (make(Device.Managed), make(Device.Processor(threads)));
            var (callsAlone, callsTogether) = (Calls(() => alone.Run()), Calls(() => together.Run()));
            var ratios = new double[Pairs];
            for (var i = 0; i < Pairs; i++) ratios[i] = Time(() => alone.Run(), callsAlone) / Time(() => together.Run(), callsTogether);
            Array.Sort(ratios);
            Console.WriteLine($"{name,-26} {ratios[Pairs / 2]:F2} times as fast with {threads} threads (middle half {ratios[Pairs / 4]:F2} to {ratios[3 * Pairs / 4]:F2})");
        }
    }

    /// <summary>
    /// Products of several threads that have nothing to do with each other, by turns with one thread's: what a machine gives when nothing is shared and nobody waits. Two
    /// processors that are one core's two threads share its arithmetic units and come to about 1.
    /// </summary>
    private static void Ceiling(int threads)
    {
        const double Seconds = 0.1;
        var ratios = new double[Pairs];
        for (var i = 0; i < Pairs; i++) ratios[i] = Together(threads) / Together(1);
        Array.Sort(ratios);
        Console.WriteLine($"{threads} threads, a product of {Side}x{Side}x{Side} of its own each: {ratios[Pairs / 2]:F2} times the products of one (middle half {ratios[Pairs / 4]:F2} to {ratios[3 * Pairs / 4]:F2})");

        static double Together(int count)
        {
            var (products, started) = (0L, 0);
            var all = Enumerable.Range(0, count).Select(_ => new Thread(() =>
            {
                var (a, b, c) = (new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side));
                using var scratch = new Arena();
                Interlocked.Increment(ref started);
                while (Volatile.Read(ref started) < count) Thread.SpinWait(10);
                var start = Stopwatch.GetTimestamp();
                var done = 0;
                for (; Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds; done++) LinearLayer.Forward(a.Start, b.Start, null, c.Start, Side, Side, Side, scratch);
                Interlocked.Add(ref products, done);
            })).ToArray();
            foreach (var thread in all) thread.Start();
            foreach (var thread in all) thread.Join();
            return products;
        }
    }

    /// <summary>Medians of the seconds of a step, of the product's rate, and of the ratio of the two rates in neighbouring turns.</summary>
    private static (double Seconds, double Peak, double Share) Shares(Action step, double flops, Action product)
    {
        var (steps, products) = (Calls(step), Calls(product));
        var (seconds, peaks, shares) = (new double[Pairs], new double[Pairs], new double[Pairs]);
        for (var i = 0; i < Pairs; i++)
        {
            seconds[i] = Time(step, steps);
            peaks[i] = 2.0 * Side * Side * Side / Time(product, products);
            shares[i] = flops / seconds[i] / peaks[i];
        }
        Array.Sort(seconds);
        Array.Sort(peaks);
        Array.Sort(shares);
        return (seconds[Pairs / 2], peaks[Pairs / 2], shares[Pairs / 2]);
    }

    private static int Calls(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds || calls < 3; calls++) action();
        return Math.Max(1, (int)(calls * SecondsPerTurn / Stopwatch.GetElapsedTime(start).TotalSeconds));
    }

    private static double Time(Action action, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    /// <summary>What a step takes on a thread that owns nothing yet.</summary>
    private static long StepBytes(IWorkload workload)
    {
        var bytes = 0L;
        var thread = new Thread(() =>
        {
            using (Step.Begin())
            {
                var loss = workload.Loss();
                loss.Tape.Backward(loss.Slot, workload.Parameters);
            }
            bytes = MemoryEstimate.MeasuredSteps;
        });
        thread.Start();
        thread.Join();
        return bytes;
    }
}
