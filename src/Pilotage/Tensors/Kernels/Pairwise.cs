using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Pilotage.Tensors.Kernels.BinaryFunctions;

namespace Pilotage.Tensors.Kernels;

/// <summary>Loops of the elementwise functions of two tensors, row by row in whole vectors.</summary>
/// <remarks>The last vector of a row may write into the next row, which is written after it; gradients that are added to end exactly.</remarks>
internal static unsafe class Pairwise
{
    public static void Forward(BinaryOperation operation, Operand left, Operand right, float* y, in PairwiseGrid grid)
    {
        switch (operation)
        {
            case BinaryOperation.Add: Map<Add>(left, right, y, grid); break;
            case BinaryOperation.Subtract: Map<Subtract>(left, right, y, grid); break;
            case BinaryOperation.Multiply: Map<Multiply>(left, right, y, grid); break;
            case BinaryOperation.Divide: Map<Divide>(left, right, y, grid); break;
            case BinaryOperation.Minimum: Map<Minimum>(left, right, y, grid); break;
            case BinaryOperation.Maximum: Map<Maximum>(left, right, y, grid); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    public static void BackwardLeft(BinaryOperation operation, Operand left, Operand right, float* g, OperandGradient d, in PairwiseGrid grid)
    {
        switch (operation)
        {
            case BinaryOperation.Add: MapLeft<Add>(left, right, g, d, grid); break;
            case BinaryOperation.Subtract: MapLeft<Subtract>(left, right, g, d, grid); break;
            case BinaryOperation.Multiply: MapLeft<Multiply>(left, right, g, d, grid); break;
            case BinaryOperation.Divide: MapLeft<Divide>(left, right, g, d, grid); break;
            case BinaryOperation.Minimum: MapLeft<Minimum>(left, right, g, d, grid); break;
            case BinaryOperation.Maximum: MapLeft<Maximum>(left, right, g, d, grid); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    public static void BackwardRight(BinaryOperation operation, Operand left, Operand right, float* g, OperandGradient d, in PairwiseGrid grid)
    {
        switch (operation)
        {
            case BinaryOperation.Add: MapRight<Add>(left, right, g, d, grid); break;
            case BinaryOperation.Subtract: MapRight<Subtract>(left, right, g, d, grid); break;
            case BinaryOperation.Multiply: MapRight<Multiply>(left, right, g, d, grid); break;
            case BinaryOperation.Divide: MapRight<Divide>(left, right, g, d, grid); break;
            case BinaryOperation.Minimum: MapRight<Minimum>(left, right, g, d, grid); break;
            case BinaryOperation.Maximum: MapRight<Maximum>(left, right, g, d, grid); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on two tensors.");
        }
    }

    /// <summary>All bits of a lane set where the comparison holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compare(Comparison comparison, Operand left, Operand right, int* mask, in PairwiseGrid grid)
    {
        var (rows, columns, singleLeft, singleRight) = (grid.Rows, grid.Columns, left.Single, right.Single);
        float* a = left.Values, b = right.Values;
        for (var r = 0; r < rows; r++, mask += columns, a += left.Stride(columns), b += right.Stride(columns))
            for (var i = 0; i < columns; i += Lanes.Count)
            {
                var (x, y) = (Load(a, singleLeft, i), Load(b, singleRight, i));
                var holds = comparison switch
                {
                    Comparison.Greater => Vector512.GreaterThan(x, y),
                    Comparison.Less => Vector512.LessThan(x, y),
                    _ => Vector512.Equals(x, y),
                };
                holds.AsInt32().Store(mask + i);
            }
    }

    /// <summary>Logic of masks, lane by lane; of a negation the right operand does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Combine(MaskOperation operation, Operand left, Operand right, int* mask, in PairwiseGrid grid)
    {
        var (rows, columns, singleLeft, singleRight) = (grid.Rows, grid.Columns, left.Single, right.Single);
        float* a = left.Values, b = right.Values;
        for (var r = 0; r < rows; r++, mask += columns, a += left.Stride(columns), b += right.Stride(columns))
            for (var i = 0; i < columns; i += Lanes.Count)
            {
                var (x, y) = (Load(a, singleLeft, i), Load(b, singleRight, i));
                var result = operation switch
                {
                    MaskOperation.And => x & y,
                    MaskOperation.Or => x | y,
                    _ => ~x,
                };
                result.AsInt32().Store(mask + i);
            }
    }

    /// <summary>Left where the mask's lane is set, right elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Select(Operand mask, Operand left, Operand right, float* y, in PairwiseGrid grid)
    {
        var (rows, columns, singleMask, singleLeft, singleRight) = (grid.Rows, grid.Columns, mask.Single, left.Single, right.Single);
        float* m = mask.Values, a = left.Values, b = right.Values;
        for (var r = 0; r < rows; r++, y += columns, m += mask.Stride(columns), a += left.Stride(columns), b += right.Stride(columns))
            for (var i = 0; i < columns; i += Lanes.Count)
                Vector512.ConditionalSelect(Load(m, singleMask, i), Load(a, singleLeft, i), Load(b, singleRight, i)).Store(y + i);
    }

    /// <summary>The gradient where the mask's lane is set (or is not set), zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SelectGradient(Operand mask, bool whereSet, float* g, OperandGradient gradient, in PairwiseGrid grid)
    {
        var (rows, columns, single, add) = (grid.Rows, grid.Columns, mask.Single, gradient.Adds);
        float* m = mask.Values, d = gradient.Start, sums = gradient.Sums;
        for (var r = 0; r < rows; r++, g += columns, m += mask.Stride(columns), d += gradient.Stride(columns))
        {
            for (var i = 0; i < columns; i += Lanes.Count)
                Put(whereSet ? Load(m, single, i) & Vector512.Load(g + i) : Vector512.AndNot(Vector512.Load(g + i), Load(m, single, i)), d, i, columns, add);
            if (sums != null) sums[r] += columns <= Lanes.Count ? Reductions.ShortSum(d, columns) : Reductions.Sum(d, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(float* row, bool single, int i) => single ? Vector512.Create(*row) : Vector512.Load(row + i);

    /// <summary>Writes, or adds to exactly the columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> gradient, float* row, int i, int columns, bool add)
    {
        if (!add) gradient.Store(row + i);
        else if (i <= columns - Lanes.Count) (gradient + Vector512.Load(row + i)).Store(row + i);
        else Lanes.StoreFirst(gradient + Vector512.Load(row + i), row + i, Lanes.First(columns - i));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<TKernel>(Operand left, Operand right, float* y, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var (rows, columns, singleLeft, singleRight) = (grid.Rows, grid.Columns, left.Single, right.Single);
        int strideLeft = left.Stride(columns), strideRight = right.Stride(columns);
        float* a = left.Values, b = right.Values;
        for (var r = 0; r < rows; r++, y += columns, a += strideLeft, b += strideRight)
            for (var i = 0; i < columns; i += Lanes.Count) TKernel.Value(Load(a, singleLeft, i), Load(b, singleRight, i)).Store(y + i);
    }

    /// <summary>The gradients of the operands; the compiler would keep a load whose value is not used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LeftOf<TKernel>(float* a, bool singleLeft, float* b, bool singleRight, float* g, int i) where TKernel : IBinaryKernel => TKernel.Left(
        TKernel.LeftReads.HasFlag(Reads.First) ? Load(a, singleLeft, i) : default, TKernel.LeftReads.HasFlag(Reads.Second) ? Load(b, singleRight, i) : default, Vector512.Load(g + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> RightOf<TKernel>(float* a, bool singleLeft, float* b, bool singleRight, float* g, int i) where TKernel : IBinaryKernel => TKernel.Right(
        TKernel.RightReads.HasFlag(Reads.First) ? Load(a, singleLeft, i) : default, TKernel.RightReads.HasFlag(Reads.Second) ? Load(b, singleRight, i) : default, Vector512.Load(g + i));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapLeft<TKernel>(Operand left, Operand right, float* g, OperandGradient gradient, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var (rows, columns, singleLeft, singleRight) = (grid.Rows, grid.Columns, left.Single, right.Single);
        int strideLeft = left.Stride(columns), strideRight = right.Stride(columns), stride = gradient.Stride(columns);
        float* a = left.Values, b = right.Values, d = gradient.Start, sums = gradient.Sums;
        var add = gradient.Adds;
        for (var r = 0; r < rows; r++, g += columns, a += strideLeft, b += strideRight, d += stride)
        {
            var i = 0;
            if (add)
            {
                for (; i <= columns - Lanes.Count; i += Lanes.Count) (LeftOf<TKernel>(a, singleLeft, b, singleRight, g, i) + Vector512.Load(d + i)).Store(d + i);
                if (i < columns) Lanes.StoreFirst(LeftOf<TKernel>(a, singleLeft, b, singleRight, g, i) + Vector512.Load(d + i), d + i, Lanes.First(columns - i));
            }
            else
                for (; i < columns; i += Lanes.Count) LeftOf<TKernel>(a, singleLeft, b, singleRight, g, i).Store(d + i);
            if (sums != null) sums[r] += columns <= Lanes.Count ? Reductions.ShortSum(d, columns) : Reductions.Sum(d, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapRight<TKernel>(Operand left, Operand right, float* g, OperandGradient gradient, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var (rows, columns, singleLeft, singleRight) = (grid.Rows, grid.Columns, left.Single, right.Single);
        int strideLeft = left.Stride(columns), strideRight = right.Stride(columns), stride = gradient.Stride(columns);
        float* a = left.Values, b = right.Values, d = gradient.Start, sums = gradient.Sums;
        var add = gradient.Adds;
        for (var r = 0; r < rows; r++, g += columns, a += strideLeft, b += strideRight, d += stride)
        {
            var i = 0;
            if (add)
            {
                for (; i <= columns - Lanes.Count; i += Lanes.Count) (RightOf<TKernel>(a, singleLeft, b, singleRight, g, i) + Vector512.Load(d + i)).Store(d + i);
                if (i < columns) Lanes.StoreFirst(RightOf<TKernel>(a, singleLeft, b, singleRight, g, i) + Vector512.Load(d + i), d + i, Lanes.First(columns - i));
            }
            else
                for (; i < columns; i += Lanes.Count) RightOf<TKernel>(a, singleLeft, b, singleRight, g, i).Store(d + i);
            if (sums != null) sums[r] += columns <= Lanes.Count ? Reductions.ShortSum(d, columns) : Reductions.Sum(d, columns);
        }
    }
}
