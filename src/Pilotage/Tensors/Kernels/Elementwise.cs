using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Pilotage.Tensors.Kernels.SpecialFunctions;
using static Pilotage.Tensors.Kernels.UnaryFunctions;

namespace Pilotage.Tensors.Kernels;

/// <summary>Loops of the elementwise functions of one tensor. They work in whole vectors: buffers end with slack.</summary>
internal static unsafe class Elementwise
{
    public static void Forward(UnaryOperation operation, float* x, float* y, int count, float a, float b)
    {
        switch (operation)
        {
            case UnaryOperation.Negate: Map<Negate>(x, y, count, a, b); break;
            case UnaryOperation.Exp: Map<Exp>(x, y, count, a, b); break;
            case UnaryOperation.Log: Map<Log>(x, y, count, a, b); break;
            case UnaryOperation.Sqrt: Map<Sqrt>(x, y, count, a, b); break;
            case UnaryOperation.Square: Map<Square>(x, y, count, a, b); break;
            case UnaryOperation.Abs: Map<Abs>(x, y, count, a, b); break;
            case UnaryOperation.Reciprocal: Map<Reciprocal>(x, y, count, a, b); break;
            case UnaryOperation.Tanh: Map<Tanh>(x, y, count, a, b); break;
            case UnaryOperation.Relu: Map<Relu>(x, y, count, a, b); break;
            case UnaryOperation.Sigmoid: Map<Sigmoid>(x, y, count, a, b); break;
            case UnaryOperation.Silu: Map<Silu>(x, y, count, a, b); break;
            case UnaryOperation.Gelu: Map<Gelu>(x, y, count, a, b); break;
            case UnaryOperation.Softplus: Map<Softplus>(x, y, count, a, b); break;
            case UnaryOperation.Sin: Map<Sin>(x, y, count, a, b); break;
            case UnaryOperation.Cos: Map<Cos>(x, y, count, a, b); break;
            case UnaryOperation.Scale: Map<Scale>(x, y, count, a, b); break;
            case UnaryOperation.Offset: Map<Offset>(x, y, count, a, b); break;
            case UnaryOperation.Clamp: Map<Clamp>(x, y, count, a, b); break;
            case UnaryOperation.Log1p: Map<Log1p>(x, y, count, a, b); break;
            case UnaryOperation.Expm1: Map<Expm1>(x, y, count, a, b); break;
            case UnaryOperation.Erf: Map<Erf>(x, y, count, a, b); break;
            case UnaryOperation.LogGamma: Map<LogGamma>(x, y, count, a, b); break;
            case UnaryOperation.Digamma: Map<Digamma>(x, y, count, a, b); break;
            case UnaryOperation.LogSigmoid: Map<LogSigmoid>(x, y, count, a, b); break;
            case UnaryOperation.Power: Map<Power>(x, y, count, a, b); break;
            case UnaryOperation.LeakyRelu: Map<LeakyRelu>(x, y, count, a, b); break;
            case UnaryOperation.Elu: Map<Elu>(x, y, count, a, b); break;
            case UnaryOperation.Selu: Map<Selu>(x, y, count, a, b); break;
            case UnaryOperation.Huber: Map<Huber>(x, y, count, a, b); break;
            case UnaryOperation.Sign: Map<Sign>(x, y, count, a, b); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an elementwise operation.");
        }
    }

    /// <summary>The gradient of the input, written or added to <paramref name="d"/>, which may be <paramref name="g"/> itself.</summary>
    public static void Backward(UnaryOperation operation, float* x, float* y, float* g, float* d, int count, float a, float b, bool add)
    {
        switch (operation)
        {
            case UnaryOperation.Negate: MapGradient<Negate>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Exp: MapGradient<Exp>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Log: MapGradient<Log>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Sqrt: MapGradient<Sqrt>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Square: MapGradient<Square>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Abs: MapGradient<Abs>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Reciprocal: MapGradient<Reciprocal>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Tanh: MapGradient<Tanh>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Relu: MapGradient<Relu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Sigmoid: MapGradient<Sigmoid>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Silu: MapGradient<Silu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Gelu: MapGradient<Gelu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Softplus: MapGradient<Softplus>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Sin: MapGradient<Sin>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Cos: MapGradient<Cos>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Scale: MapGradient<Scale>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Offset: MapGradient<Offset>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Clamp: MapGradient<Clamp>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Log1p: MapGradient<Log1p>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Expm1: MapGradient<Expm1>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Erf: MapGradient<Erf>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.LogGamma: MapGradient<LogGamma>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Digamma: MapGradient<Digamma>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.LogSigmoid: MapGradient<LogSigmoid>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Power: MapGradient<Power>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.LeakyRelu: MapGradient<LeakyRelu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Elu: MapGradient<Elu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Selu: MapGradient<Selu>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Huber: MapGradient<Huber>(x, y, g, d, count, a, b, add); break;
            case UnaryOperation.Sign: MapGradient<Sign>(x, y, g, d, count, a, b, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an elementwise operation.");
        }
    }

    /// <summary>d = g, or d += g.</summary>
    public static void Pass(float* g, float* d, int count, bool add)
    {
        if (!add)
        {
            Unsafe.CopyBlockUnaligned(d, g, (uint)count * sizeof(float));
            return;
        }
        for (var i = 0; i < count; i += Lanes.Count) (Vector512.Load(d + i) + Vector512.Load(g + i)).Store(d + i);
    }

    /// <summary>d += g on exactly so many elements: what lies behind them is not touched.</summary>
    public static void AddExactly(float* g, float* d, int count)
    {
        var i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count) (Vector512.Load(d + i) + Vector512.Load(g + i)).Store(d + i);
        if (i < count) Lanes.StoreFirst(Vector512.Load(d + i) + Vector512.Load(g + i), d + i, Lanes.First(count - i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<TKernel>(float* x, float* y, int count, float a, float b) where TKernel : IUnaryKernel
    {
        var (first, second) = (Vector512.Create(a), Vector512.Create(b));
        for (var i = 0; i < count; i += Lanes.Count) TKernel.Value(Vector512.Load(x + i), first, second).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapGradient<TKernel>(float* x, float* y, float* g, float* d, int count, float a, float b, bool add) where TKernel : IUnaryKernel
    {
        var (first, second) = (Vector512.Create(a), Vector512.Create(b));
        for (var i = 0; i < count; i += Lanes.Count)
        {
            // The compiler would keep a load whose value is not used.
            var input = TKernel.GradientReads.HasFlag(Reads.First) ? Vector512.Load(x + i) : default;
            var result = TKernel.GradientReads.HasFlag(Reads.Second) ? Vector512.Load(y + i) : default;
            var gradient = TKernel.Gradient(input, result, Vector512.Load(g + i), first, second);
            if (add) gradient += Vector512.Load(d + i);
            gradient.Store(d + i);
        }
    }
}
