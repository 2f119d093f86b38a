using System.Diagnostics;
using System.Runtime.InteropServices;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Workloads;

namespace Pilotage.Bench;

/// <summary>Speed of the managed tensor engine on one thread: matrix products, the PPO minibatch update, acting on four rows.</summary>
internal static unsafe class EngineBench
{
    private const int Repetitions = 11;

    /// <summary>Rows, columns, steps: square, layers of policies, sizes that fill no tile, steps and columns of three, heads, acting on one row and on four.</summary>
    private static readonly (int Rows, int Columns, int Steps)[] Products =
    [
        (64, 64, 64), (64, 256, 256), (256, 256, 256), (1024, 1024, 1024), (61, 67, 59), (256, 257, 255), (128, 64, 3), (128, 3, 64), (3, 128, 64),
        (64, 4, 64), (64, 2, 64), (64, 1, 64), (1, 64, 64), (1, 256, 256), (4, 64, 64), (4, 256, 256),
    ];

    /// <summary>Runs one section — products, parts, dispatch, update, act, hash — or all of them; threads only if it is named.</summary>
    public static void Run(string? only, string? name)
    {
        Console.WriteLine($"Vector512 accelerated: {System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated}");
        if (only is null or "products")
            foreach (var (m, n, k) in Products) Product(m, n, k, null);
        if (only is "threads")
        {
            using var workers = new Workers(2);
            foreach (var (m, n, k) in name is null ? [(64, 256, 256), (256, 256, 256), (1024, 1024, 1024)] : Array.Empty<(int, int, int)>())
            {
                Product(m, n, k, null);
                Product(m, n, k, workers);
            }
            WorkloadBench.Threads(2, name ?? "");
        }
        if (only is null or "parts") Parts();
        if (only is null or "update")
            foreach (var batch in new[] { 64, 256 }) Update(batch);
        if (only is null or "dispatch") Dispatch();
        if (only is null or "act") Act();
        if (only is null or "workloads") WorkloadBench.Run(name ?? "");
        if (only is null or "hash") Hash();
    }

    /// <summary>c [m, n] = a b with k steps: both plain (NN), b given transposed (NT), a given transposed and c added to (TN).</summary>
    private static void Product(int m, int n, int k, Workers? workers)
    {
        var (a, b, c) = (new AlignedBuffer(m * k), new AlignedBuffer(k * n), new AlignedBuffer(m * n));
        a.Memory.Span.Fill(0.5f);
        b.Memory.Span.Fill(0.25f);
        using var scratch = new Arena();
        var flops = 2.0 * m * n * k;
        var name = $"gemm {m}x{n}x{k}{(workers == null ? "" : $", {workers.Threads} threads,")}";
        Print($"{name} NN", Measure(() => LinearLayer.Forward(a.Start, b.Start, null, c.Start, m, k, n, scratch, workers)), flops);
        Print($"{name} NT", Measure(() => LinearLayer.BackwardInput(a.Start, b.Start, c.Start, m, n, k, add: false, scratch, workers)), flops);
        Print($"{name} TN", Measure(() => LinearLayer.BackwardParameters(a.Start, b.Start, c.Start, null, k, m, n, scratch, workers)), flops);
    }

    /// <summary>The other passes of an update, on the sizes that it has: 64 rows of 64, and nine thousand parameters.</summary>
    private static void Parts()
    {
        var (x, y, g) = (new AlignedBuffer(9344), new AlignedBuffer(9344), new AlignedBuffer(9344));
        for (var i = 0; i < 9344; i++) x.Memory.Span[i] = (i % 97 - 48) * 0.05f;
        var pass = new AdamPass(2.5e-4, 0.9, 0.999, 1e-5, 0, 10, 1);
        var (first, second) = (new AlignedBuffer(9344), new AlignedBuffer(9344));
        Print("tanh, 4096", Measure(() => Elementwise.Forward(UnaryOperation.Tanh, x.Start, y.Start, 4096, 0, 0)));
        Print("tanh backward, 4096", Measure(() => Elementwise.Backward(UnaryOperation.Tanh, x.Start, y.Start, g.Start, g.Start, 4096, 0, 0, add: false)));
        Print("exp, 4096", Measure(() => Elementwise.Forward(UnaryOperation.Exp, x.Start, y.Start, 4096, 0, 0)));
        Print("relu, 4096", Measure(() => Elementwise.Forward(UnaryOperation.Relu, x.Start, y.Start, 4096, 0, 0)));
        Print("bias gradient, 64x64", Measure(() => Reductions.AddRows(x.Start, g.Start, 64, 64)));
        Print("transpose, 64x64", Measure(() => Transposition.Run(x.Start, 64, 64, y.Start)));
        Print("log-softmax, 64x2", Measure(() => Softmaxes.Forward(x.Start, null, y.Start, 64, 2, logarithm: true)));
        Print("log-softmax backward, 64x2", Measure(() => Softmaxes.Backward(y.Start, null, x.Start, g.Start, 64, 2, logarithm: true, add: false)));
        Print("adam, 9344", Measure(() => OptimizerKernels.Adam(y.Memory.Span, x.Memory.Span, first.Memory.Span, second.Memory.Span, pass)));
        Print("norm, 9344", Measure(() => OptimizerKernels.Norm(x.Memory.Span)));
        Print("clear, 9344", Measure(() => g.Memory.Span.Clear()));
        foreach (var (rows, columns) in new[] { (64, 2), (64, 64), (4096, 64) })
        {
            Broadcast("row", rows, columns, new(columns));
            Broadcast("column", rows, columns, new(rows, 1));
        }
    }

    /// <summary>A product whose right operand broadcasts, there and back, gradients of both.</summary>
    private static void Broadcast(string name, int rows, int columns, Shape right)
    {
        var parameters = new Parameters();
        var random = new Randomness(1);
        var (a, b) = (parameters.Add("a", new(rows, columns), new Initializer.Normal(1), ref random), parameters.Add("b", right, new Initializer.Normal(1), ref random));
        Print($"{name} product, {rows}x{columns}, forward", Measure(() =>
        {
            using var step = Step.Begin(gradient: Gradient.None);
            _ = Tensor.Of(a) * Tensor.Of(b);
        }));
        Print($"{name} product, {rows}x{columns}, both ways", Measure(() =>
        {
            using var step = Step.Begin();
            var loss = (Tensor.Of(a) * Tensor.Of(b)).Sum();
            loss.Tape.Backward(loss.Slot, parameters);
        }));
    }

    /// <summary>What an operation costs beyond its arithmetic: a chain of two hundred on sixty-four elements, there and back.</summary>
    private static void Dispatch()
    {
        var parameters = new Parameters();
        var random = new Randomness(1);
        var parameter = parameters.Add("x", new(64), new Initializer.Constant(0.5f), ref random);
        var optimizer = new Sgd(parameters, 1e-9);
        Print("200 operations and backward", Measure(() =>
        {
            using var step = Step.Begin();
            var x = Tensor.Of(parameter);
            var y = x;
            for (var i = 0; i < 100; i++) y = (y + x) * 0.5f;
            optimizer.Descend(y.Mean());
        }, warmUp: 2));
    }

    private static void Update(int batch)
    {
        var update = new PpoUpdate(batch);
        Print($"update, batch {batch}", Measure(() => update.Run(), warmUp: 2));
        Print($"update, batch {batch}, forward alone", Measure(() => update.Forward(), warmUp: 2));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) update.Run();
        Console.WriteLine($"  bytes allocated in 1000 updates: {GC.GetAllocatedBytesForCurrentThread() - before}");
    }

    private static void Act()
    {
        var update = new PpoUpdate(64);
        var (logProbabilities, values) = (new float[8], new float[4]);
        Print("act, 4 rows", Measure(() => update.Act(4, logProbabilities, values)));
    }

    private static void Hash()
    {
        var update = new PpoUpdate(64);
        for (var i = 0; i < 1000; i++) update.Run();
        Console.WriteLine($"parameters after 1000 updates: {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(update.Parameters.Values)))[..16]}");
    }

    /// <summary>Seconds per call: median and minimum of repetitions of about 50 ms, after a warm-up.</summary>
    private static (double Median, double Minimum) Measure(Action action, double warmUp = 0.5)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 0L;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < warmUp)
        {
            action();
            calls++;
        }
        var each = Math.Max(1, calls / 10);
        var seconds = new double[Repetitions];
        foreach (ref var second in seconds.AsSpan())
        {
            start = Stopwatch.GetTimestamp();
            for (var i = 0L; i < each; i++) action();
            second = Stopwatch.GetElapsedTime(start).TotalSeconds / each;
        }
        Array.Sort(seconds);
        return (seconds[Repetitions / 2], seconds[0]);
    }

    private static void Print(string name, (double Median, double Minimum) seconds, double flops = 0)
    {
        var rate = flops > 0 ? $"  {flops / seconds.Median / 1e9,6:F1} GFLOP/s (best {flops / seconds.Minimum / 1e9:F1})" : "";
        Console.WriteLine($"{name,-32} median {seconds.Median * 1e6,8:F2} us  minimum {seconds.Minimum * 1e6,8:F2} us{rate}");
    }
}
