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

    public static void BackwardLeft(BinaryOperation operation, Operand left, Operand right, float* g, in OperandGradient d, in PairwiseGrid grid)
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

    public static void BackwardRight(BinaryOperation operation, Operand left, Operand right, float* g, in OperandGradient d, in PairwiseGrid grid)
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
        for (var r = 0; r < grid.Rows; r++, mask += grid.Columns)
        {
            var (a, b) = (left.Row(r, grid.Columns), right.Row(r, grid.Columns));
            for (var i = 0; i < grid.Columns; i += Lanes.Count)
            {
                var holds = comparison switch
                {
                    Comparison.Greater => Vector512.GreaterThan(Load(a, i), Load(b, i)),
                    Comparison.Less => Vector512.LessThan(Load(a, i), Load(b, i)),
                    _ => Vector512.Equals(Load(a, i), Load(b, i)),
                };
                holds.AsInt32().Store(mask + i);
            }
        }
    }

    /// <summary>Logic of masks, lane by lane; the right operand of a negation is not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Combine(MaskOperation operation, Operand left, Operand right, int* mask, in PairwiseGrid grid)
    {
        for (var r = 0; r < grid.Rows; r++, mask += grid.Columns)
        {
            var (a, b) = (left.Row(r, grid.Columns), right.Row(r, grid.Columns));
            for (var i = 0; i < grid.Columns; i += Lanes.Count)
            {
                var result = operation switch
                {
                    MaskOperation.And => Load(a, i) & Load(b, i),
                    MaskOperation.Or => Load(a, i) | Load(b, i),
                    _ => ~Load(a, i),
                };
                result.AsInt32().Store(mask + i);
            }
        }
    }

    /// <summary>Left where the mask's lane is set, right elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Select(Operand mask, Operand left, Operand right, float* y, in PairwiseGrid grid)
    {
        for (var r = 0; r < grid.Rows; r++, y += grid.Columns)
        {
            var (m, a, b) = (mask.Row(r, grid.Columns), left.Row(r, grid.Columns), right.Row(r, grid.Columns));
            for (var i = 0; i < grid.Columns; i += Lanes.Count) Vector512.ConditionalSelect(Load(m, i), Load(a, i), Load(b, i)).Store(y + i);
        }
    }

    /// <summary>The gradient where the mask's lane is set (or is not set), zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SelectGradient(Operand mask, bool whereSet, float* g, in OperandGradient d, in PairwiseGrid grid)
    {
        for (var r = 0; r < grid.Rows; r++, g += grid.Columns)
        {
            var (m, target) = (mask.Row(r, grid.Columns), new Target(d.Row(r, grid.Columns), grid.Columns, d.Adds));
            for (var i = 0; i < grid.Columns; i += Lanes.Count)
                target.Put(whereSet ? Load(m, i) & Vector512.Load(g + i) : Vector512.AndNot(Vector512.Load(g + i), Load(m, i)), i);
            d.EndRow(r, grid.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(OperandRow operand, int i) => operand.Single ? Vector512.Create(*operand.Values) : Vector512.Load(operand.Values + i);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map<TKernel>(Operand left, Operand right, float* y, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var columns = grid.Columns;
        for (var r = 0; r < grid.Rows; r++, y += columns)
        {
            var (a, b) = (left.Row(r, columns), right.Row(r, columns));
            for (var i = 0; i < columns; i += Lanes.Count) TKernel.Value(Load(a, i), Load(b, i)).Store(y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapLeft<TKernel>(Operand left, Operand right, float* g, in OperandGradient d, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var columns = grid.Columns;
        for (var r = 0; r < grid.Rows; r++, g += columns)
        {
            var (a, b, target) = (left.Row(r, columns), right.Row(r, columns), new Target(d.Row(r, columns), columns, d.Adds));
            for (var i = 0; i < columns; i += Lanes.Count) target.Put(TKernel.Left(Load(a, i), Load(b, i), Vector512.Load(g + i)), i);
            d.EndRow(r, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapRight<TKernel>(Operand left, Operand right, float* g, in OperandGradient d, in PairwiseGrid grid) where TKernel : IBinaryKernel
    {
        var columns = grid.Columns;
        for (var r = 0; r < grid.Rows; r++, g += columns)
        {
            var (a, b, target) = (left.Row(r, columns), right.Row(r, columns), new Target(d.Row(r, columns), columns, d.Adds));
            for (var i = 0; i < columns; i += Lanes.Count) target.Put(TKernel.Right(Load(a, i), Load(b, i), Vector512.Load(g + i)), i);
            d.EndRow(r, columns);
        }
    }

    /// <summary>A row of a gradient: written, or added to exactly its columns.</summary>
    private readonly struct Target(float* row, int columns, bool add)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(Vector512<float> gradient, int i)
        {
            if (!add) gradient.Store(row + i);
            else if (i <= columns - Lanes.Count) (gradient + Vector512.Load(row + i)).Store(row + i);
            else Lanes.StoreFirst(gradient + Vector512.Load(row + i), row + i, Lanes.First(columns - i));
        }
    }
}
