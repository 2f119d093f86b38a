using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>Softmax and log-softmax over rows, with or without a mask of legal elements (lanes all set).</summary>
internal static unsafe class Softmaxes
{
    /// <summary>Rows of at most this length are computed sixteen rows at a time, a lane each; longer ones along the lanes.</summary>
    private const int Narrow = 16;

    /// <summary>What an illegal element's log-probability is: finite, so that 0 times it is 0.</summary>
    private const float Lowest = float.MinValue;

    /// <summary>y = log-probabilities, or probabilities. Returns the first row without a legal element, or -1.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Forward(float* x, int* legal, float* y, int rows, int columns, bool logarithm)
    {
        if (legal != null && RowWithoutLegal(legal, rows, columns) is var row and >= 0) return row;
        if (columns > Narrow)
        {
            for (var r = 0; r < rows; r++)
            {
                var offset = (long)r * columns;
                Wide(x + offset, legal == null ? null : legal + offset, y + offset, columns, logarithm);
            }
            return -1;
        }
        var block = stackalloc float[2 * Narrow * Lanes.Count];
        var mask = (int*)(block + Narrow * Lanes.Count);
        for (var first = 0; first < rows; first += Lanes.Count)
        {
            var lanes = Math.Min(Lanes.Count, rows - first);
            var offset = (long)first * columns;
            Turn(x + offset, block, lanes, columns);
            if (legal != null) Turn((float*)(legal + offset), (float*)mask, lanes, columns);
            Columns(block, legal == null ? null : mask, columns, logarithm);
            TurnBack(block, y + offset, lanes, columns);
        }
        return -1;
    }

    /// <summary>d (+)= the gradient through log-softmax, g - p sum(g), or through softmax, p (g - sum(g p)); over legal elements.</summary>
    public static void Backward(float* y, int* legal, float* g, float* d, int rows, int columns, bool logarithm, bool add)
    {
        if (columns <= Narrow)
        {
            BackwardNarrow(y, legal, g, d, rows, columns, logarithm, add);
            return;
        }
        for (var r = 0; r < rows; r++, y += columns, g += columns, d += columns, legal = legal == null ? null : legal + columns)
        {
            var sums = Vector512<float>.Zero;
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var term = logarithm ? Vector512.Load(g + c) : Vector512.Load(g + c) * Vector512.Load(y + c);
                sums += term & Lanes.First(columns - c) & (legal == null ? Vector512<float>.AllBitsSet : Vector512.Load(legal + c).AsSingle());
            }
            var sum = Vector512.Create(Lanes.Sum(sums));
            for (var c = 0; c < columns; c += Lanes.Count) Finish(Through(Vector512.Load(y + c), Vector512.Load(g + c), sum, logarithm), legal, d, c, columns, add);
        }
    }

    /// <summary>Sixteen rows in sixteen lanes; each row's sum runs over its columns in order.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackwardNarrow(float* y, int* legal, float* g, float* d, int rows, int columns, bool logarithm, bool add)
    {
        var probabilities = stackalloc float[3 * Narrow * Lanes.Count];
        var gradients = probabilities + Narrow * Lanes.Count;
        var mask = (int*)(gradients + Narrow * Lanes.Count);
        for (var first = 0; first < rows; first += Lanes.Count)
        {
            var lanes = Math.Min(Lanes.Count, rows - first);
            var offset = (long)first * columns;
            Turn(y + offset, probabilities, lanes, columns);
            Turn(g + offset, gradients, lanes, columns);
            if (legal != null) Turn((float*)(legal + offset), (float*)mask, lanes, columns);
            var sum = Vector512<float>.Zero;
            for (var c = 0; c < columns; c++)
            {
                var gradient = Legal(gradients, legal == null ? null : mask, c, 0);
                sum += logarithm ? gradient : gradient * Vector512.Load(probabilities + c * Lanes.Count);
            }
            for (var c = 0; c < columns; c++)
            {
                var at = c * Lanes.Count;
                Through(Vector512.Load(probabilities + at), Vector512.Load(gradients + at), sum, logarithm).Store(gradients + at);
                Legal(gradients, legal == null ? null : mask, c, 0).Store(gradients + at);
            }
            for (var lane = 0; lane < lanes; lane++)
                for (var c = 0; c < columns; c++)
                {
                    var place = offset + lane * columns + c;
                    var gradient = gradients[c * Lanes.Count + lane];
                    d[place] = add ? d[place] + gradient : gradient;
                }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Through(Vector512<float> y, Vector512<float> g, Vector512<float> sum, bool logarithm) =>
        logarithm ? Vector512.FusedMultiplyAdd(-VectorMath.Exp(y), sum, g) : y * (g - sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<float> gradient, int* legal, float* d, int c, int columns, bool add)
    {
        if (legal != null) gradient &= Vector512.Load(legal + c).AsSingle();
        if (add) gradient += Vector512.Load(d + c);
        Lanes.StoreFirst(gradient, d + c, Lanes.First(columns - c));
    }

    private static int RowWithoutLegal(int* legal, int rows, int columns)
    {
        for (var r = 0; r < rows; r++, legal += columns)
        {
            var any = 0;
            for (var c = 0; c < columns; c++) any |= legal[c];
            if (any == 0) return r;
        }
        return -1;
    }

    /// <summary>Sixteen rows in sixteen lanes; each row's sum runs over its columns in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Columns(float* block, int* legal, int columns, bool logarithm)
    {
        var largest = Vector512.Create(float.NegativeInfinity);
        for (var c = 0; c < columns; c++) largest = Vector512.Max(largest, Legal(block, legal, c, float.NegativeInfinity));
        var sum = Vector512<float>.Zero;
        for (var c = 0; c < columns; c++)
        {
            var shifted = Legal(block, legal, c, float.NegativeInfinity) - largest;
            var exponential = VectorMath.Exp(shifted);
            sum += exponential;
            (logarithm ? shifted : exponential).Store(block + c * Lanes.Count);
        }
        if (logarithm)
        {
            var logarithmOfSum = VectorMath.Log(sum);
            for (var c = 0; c < columns; c++)
            {
                (Vector512.Load(block + c * Lanes.Count) - logarithmOfSum).Store(block + c * Lanes.Count);
                Legal(block, legal, c, Lowest).Store(block + c * Lanes.Count);
            }
        }
        else
            for (var c = 0; c < columns; c++) (Vector512.Load(block + c * Lanes.Count) / sum).Store(block + c * Lanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Legal(float* block, int* legal, int c, float otherwise)
    {
        var value = Vector512.Load(block + c * Lanes.Count);
        return legal == null ? value : Vector512.ConditionalSelect(Vector512.Load(legal + c * Lanes.Count).AsSingle(), value, Vector512.Create(otherwise));
    }

    private static void Wide(float* x, int* legal, float* y, int columns, bool logarithm)
    {
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var value = Vector512.Load(x + c);
            if (legal != null) value = Vector512.ConditionalSelect(Vector512.Load(legal + c).AsSingle(), value, Vector512.Create(float.NegativeInfinity));
            Lanes.StoreFirst(value, y + c, Lanes.First(columns - c));
        }
        var largest = Vector512.Create(Reductions.Maximum(y, columns));
        var (sum, rest) = (Vector512<float>.Zero, Lanes.First(columns % Lanes.Count));
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var exponential = VectorMath.Exp(Vector512.Load(y + c) - largest);
            sum += c + Lanes.Count <= columns ? exponential : exponential & rest;
            if (!logarithm) Lanes.StoreFirst(exponential, y + c, Lanes.First(columns - c));
        }
        var total = Vector512.Create(Lanes.Sum(sum));
        var logarithmOfSum = VectorMath.Log(total);
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var value = logarithm ? Vector512.Load(y + c) - largest - logarithmOfSum : Vector512.Load(y + c) / total;
            if (logarithm && legal != null) value = Vector512.ConditionalSelect(Vector512.Load(legal + c).AsSingle(), value, Vector512.Create(Lowest));
            Lanes.StoreFirst(value, y + c, Lanes.First(columns - c));
        }
    }

    /// <summary>Rows to lanes; lanes without a row repeat the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn(float* rows, float* block, int lanes, int columns)
    {
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var row = rows + (lane < lanes ? lane * columns : 0);
            for (var c = 0; c < columns; c++) block[c * Lanes.Count + lane] = row[c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TurnBack(float* block, float* rows, int lanes, int columns)
    {
        for (var lane = 0; lane < lanes; lane++)
            for (var c = 0; c < columns; c++) rows[lane * columns + c] = block[c * Lanes.Count + lane];
    }
}
