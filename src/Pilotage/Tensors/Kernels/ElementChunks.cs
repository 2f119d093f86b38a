namespace Pilotage.Tensors.Kernels;

/// <summary>Passes over many elements that do not depend on each other, in chunks for several threads. Chunks end at whole vectors, so that the bits are those of one pass.</summary>
internal unsafe struct ElementChunks
{
    /// <summary>Elements of a chunk: what it reads and writes stays in a second-level cache, and a handful of threads are evenly busy.</summary>
    private const int Length = 1 << 14;

    /// <summary>Fewer are done by one thread before a second one would have begun.</summary>
    private const int WorthThreads = 1 << 16;

    private UnaryOperation _operation;
    private AdamPass _pass;
    private float* _first;
    private float* _second;
    private float* _third;
    private float* _fourth;
    private float _number;
    private int _count;

    /// <summary>A fused activation, as <see cref="Elementwise.Forward"/>.</summary>
    public static void Forward(UnaryOperation operation, float* x, float* y, int count, Arena scratch, Workers? workers)
    {
        if (workers == null || count < WorthThreads) Elementwise.Forward(operation, x, y, count, LinearLayer.FirstNumber, 0);
        else Run(new() { _operation = operation, _first = x, _second = y, _count = count }, &ForwardChunk, workers, scratch);
    }

    /// <summary>Of a fused activation, as <see cref="Elementwise.Backward"/>, into the gradient itself.</summary>
    public static void Backward(UnaryOperation operation, float* x, float* y, float* g, int count, Arena scratch, Workers? workers)
    {
        if (workers == null || count < WorthThreads) Elementwise.Backward(operation, x, y, g, g, count, LinearLayer.FirstNumber, 0, add: false);
        else Run(new() { _operation = operation, _first = x, _second = y, _third = g, _count = count }, &BackwardChunk, workers, scratch);
    }

    /// <summary>As <see cref="OptimizerKernels.Adam"/>.</summary>
    public static void Adam(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, in AdamPass pass, Workers? workers)
    {
        if (workers == null || values.Length < WorthThreads)
        {
            OptimizerKernels.Adam(values, gradient, first, second, pass);
            return;
        }
        fixed (float* v = values, g = gradient, m = first, s = second)
            Run(new() { _pass = pass, _first = v, _second = g, _third = m, _fourth = s, _count = values.Length }, &AdamChunk, workers, null);
    }

    /// <summary>As <see cref="OptimizerKernels.Blend"/>.</summary>
    public static void Blend(Span<float> values, ReadOnlySpan<float> source, float rate, Workers? workers)
    {
        if (workers == null || values.Length < WorthThreads)
        {
            OptimizerKernels.Blend(values, source, rate);
            return;
        }
        fixed (float* v = values, s = source)
            Run(new() { _first = v, _second = s, _number = rate, _count = values.Length }, &BlendChunk, workers, null);
    }

    private static void Run(ElementChunks all, delegate*<void*, int, Arena, void> job, Workers workers, Arena? scratch) =>
        workers.Run(job, &all, (all._count + Length - 1) / Length, scratch!);               // these jobs take no memory

    private static void ForwardChunk(void* state, int chunk, Arena scratch)
    {
        ref readonly var all = ref *(ElementChunks*)state;
        var (start, count) = all.Chunk(chunk);
        Elementwise.Forward(all._operation, all._first + start, all._second + start, count, LinearLayer.FirstNumber, 0);
    }

    private static void BackwardChunk(void* state, int chunk, Arena scratch)
    {
        ref readonly var all = ref *(ElementChunks*)state;
        var (start, count) = all.Chunk(chunk);
        var g = all._third + start;
        Elementwise.Backward(all._operation, all._first + start, all._second + start, g, g, count, LinearLayer.FirstNumber, 0, add: false);
    }

    private static void AdamChunk(void* state, int chunk, Arena scratch)
    {
        ref readonly var all = ref *(ElementChunks*)state;
        var (start, count) = all.Chunk(chunk);
        OptimizerKernels.Adam(new(all._first + start, count), new(all._second + start, count), new(all._third + start, count), new(all._fourth + start, count), all._pass);
    }

    private static void BlendChunk(void* state, int chunk, Arena scratch)
    {
        ref readonly var all = ref *(ElementChunks*)state;
        var (start, count) = all.Chunk(chunk);
        OptimizerKernels.Blend(new(all._first + start, count), new(all._second + start, count), all._number);
    }

    private readonly (int Start, int Count) Chunk(int chunk) => (chunk * Length, Math.Min(Length, _count - chunk * Length));
}
