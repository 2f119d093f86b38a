using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Pilotage.Tensors.Kernels.BinaryFunctions;

namespace Pilotage.Tensors.Kernels;

/// <summary>An operand of a pairwise loop: as many elements as the result, or one for all of them.</summary>
internal readonly unsafe struct Operand(float* values, bool single)
{
    public float* Values => values;

    public bool Single => single;
}

/// <summary>Loops of the elementwise functions of two tensors, in whole vectors.</summary>
internal static unsafe class Pairwise
{
    public static void Forward(BinaryOperation operation, Operand left, Operand right, float* y, int count)
    {
        switch (operation)
        {
            case BinaryOperation.Add: Map<Add>(left, right, y, count); break;
            case BinaryOperation.Subtract: Map<Subtract>(left, right, y, count); break;
            case BinaryOperation.Multiply: Map<Multiply>(left, right, y, count); break;
            case BinaryOperation.Divide: Map<Divide>(left, right, y, count); break;
            case BinaryOperation.Minimum: Map<Minimum>(left, right, y, count); break;
            case BinaryOperation.Maximum: Map<Maximum>(left, right, y, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    public static void BackwardLeft(BinaryOperation operation, Operand left, Operand right, float* g, float* d, int count, bool add)
    {
        switch (operation)
        {
            case BinaryOperation.Add: MapLeft<Add>(left, right, g, d, count, add); break;
            case BinaryOperation.Subtract: MapLeft<Subtract>(left, right, g, d, count, add); break;
            case BinaryOperation.Multiply: MapLeft<Multiply>(left, right, g, d, count, add); break;
            case BinaryOperation.Divide: MapLeft<Divide>(left, right, g, d, count, add); break;
            case BinaryOperation.Minimum: MapLeft<Minimum>(left, right, g, d, count, add); break;
            case BinaryOperation.Maximum: MapLeft<Maximum>(left, right, g, d, count, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    public static void BackwardRight(BinaryOperation operation, Operand left, Operand right, float* g, float* d, int count, bool add)
    {
        switch (operation)
        {
            case BinaryOperation.Add: MapRight<Add>(left, right, g, d, count, add); break;
            case BinaryOperation.Subtract: MapRight<Subtract>(left, right, g, d, count, add); break;
            case BinaryOperation.Multiply: MapRight<Multiply>(left, right, g, d, count, add); break;
            case BinaryOperation.Divide: MapRight<Divide>(left, right, g, d, count, add); break;
            case BinaryOperation.Minimum: MapRight<Minimum>(left, right, g, d, count, add); break;
            case BinaryOperation.Maximum: MapRight<Maximum>(left, right, g, d, count, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    /// <summary>All bits of a lane set where the comparison holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compare(Comparison comparison, Operand left, Operand right, int* mask, int count)
    {
        for (var i = 0; i < count; i += Lanes.Count)
        {
            var (a, b) = (Load(left, i), Load(right, i));
            var holds = comparison switch
            {
                Comparison.Greater => Vector512.GreaterThan(a, b),
                Comparison.Less => Vector512.LessThan(a, b),
                _ => Vector512.Equals(a, b),
            };
            holds.AsInt32().Store(mask + i);
        }
    }

    /// <summary>Logic of masks, lane by lane.</summary>
    public static void Combine(MaskOperation operation, Operand left, Operand right, int* mask, int count)
    {
        for (var i = 0; i < count; i += Lanes.Count)
        {
            var a = Load(left, i);
            var result = operation switch
            {
                MaskOperation.And => a & Load(right, i),
                MaskOperation.Or => a | Load(right, i),
                _ => ~a,
            };
            result.AsInt32().Store(mask + i);
        }
    }

    /// <summary>Left where the mask's lane is set, right elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Select(Operand mask, Operand left, Operand right, float* y, int count)
    {
        for (var i = 0; i < count; i += Lanes.Count) Vector512.ConditionalSelect(Load(mask, i), Load(left, i), Load(right, i)).Store(y + i);
    }

    /// <summary>The gradient where the mask's lane is set (or is not set), zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SelectGradient(Operand mask, bool whereSet, float* g, float* d, int count, bool add)
    {
        for (var i = 0; i < count; i += Lanes.Count)
        {
            var gradient = whereSet ? Load(mask, i) & Vector512.Load(g + i) : Vector512.AndNot(Vector512.Load(g + i), Load(mask, i));
            if (add) gradient += Vector512.Load(d + i);
            gradient.Store(d + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(Operand operand, int i) => operand.Single ? Vector512.Create(*operand.Values) : Vector512.Load(operand.Values + i);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<TKernel>(Operand left, Operand right, float* y, int count) where TKernel : IBinaryKernel
    {
        for (var i = 0; i < count; i += Lanes.Count) TKernel.Value(Load(left, i), Load(right, i)).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapLeft<TKernel>(Operand left, Operand right, float* g, float* d, int count, bool add) where TKernel : IBinaryKernel
    {
        for (var i = 0; i < count; i += Lanes.Count)
        {
            var gradient = TKernel.Left(Load(left, i), Load(right, i), Vector512.Load(g + i));
            if (add) gradient += Vector512.Load(d + i);
            gradient.Store(d + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapRight<TKernel>(Operand left, Operand right, float* g, float* d, int count, bool add) where TKernel : IBinaryKernel
    {
        for (var i = 0; i < count; i += Lanes.Count)
        {
            var gradient = TKernel.Right(Load(left, i), Load(right, i), Vector512.Load(g + i));
            if (add) gradient += Vector512.Load(d + i);
            gradient.Store(d + i);
        }
    }
}
