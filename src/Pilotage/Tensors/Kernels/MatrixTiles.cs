using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Where a matrix product reads and writes: c[i, j] = start + a[i, 0] b[0, j] + a[i, 1] b[1, j] + …</summary>
/// <remarks>Element i, s of a lies at <c>a + i * aRow + s * aStep</c>, element s, j of b at <c>b + s * bStep + j</c>, element i, j of c at <c>c + i * cRow + j</c>.</remarks>
internal unsafe struct MatrixProduct
{
    public float* A;
    public nint ARow;
    public nint AStep;
    public float* B;
    public nint BStep;
    public float* C;
    public nint CRow;

    /// <summary>Length of every chain.</summary>
    public int Steps;

    /// <summary>What each column's chain starts from, for all rows; null for zero, or for what c holds if <see cref="Add"/>.</summary>
    public float* Start;

    /// <summary>Chains start from what c holds.</summary>
    public bool Add;
}

/// <summary>Register tiles of a matrix product: every element of c is one chain of fused multiply-adds over the steps in order, in every tile of every width.</summary>
internal static unsafe class MatrixTiles<TLanes, TVector> where TLanes : ILanes<TVector> where TVector : struct
{
    /// <summary>4 rows by 4 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void FourByFour(in MatrixProduct p, int row, int column)
    {
        var w = TLanes.Count;
        var c = p.C + row * p.CRow + column;
        var c1 = c + p.CRow;
        var c2 = c + 2 * p.CRow;
        var c3 = c + 3 * p.CRow;
        TVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33;
        if (p.Add)
        {
            (s00, s01, s02, s03) = (TLanes.Load(c), TLanes.Load(c + w), TLanes.Load(c + 2 * w), TLanes.Load(c + 3 * w));
            (s10, s11, s12, s13) = (TLanes.Load(c1), TLanes.Load(c1 + w), TLanes.Load(c1 + 2 * w), TLanes.Load(c1 + 3 * w));
            (s20, s21, s22, s23) = (TLanes.Load(c2), TLanes.Load(c2 + w), TLanes.Load(c2 + 2 * w), TLanes.Load(c2 + 3 * w));
            (s30, s31, s32, s33) = (TLanes.Load(c3), TLanes.Load(c3 + w), TLanes.Load(c3 + 2 * w), TLanes.Load(c3 + 3 * w));
        }
        else
        {
            s00 = s10 = s20 = s30 = Begin(p, column);
            s01 = s11 = s21 = s31 = Begin(p, column + w);
            s02 = s12 = s22 = s32 = Begin(p, column + 2 * w);
            s03 = s13 = s23 = s33 = Begin(p, column + 3 * w);
        }
        var a = p.A + row * p.ARow;
        var b = p.B + column;
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep;
        for (var s = p.Steps; s > 0; s--)
        {
            var (b0, b1, b2, b3) = (TLanes.Load(b), TLanes.Load(b + w), TLanes.Load(b + 2 * w), TLanes.Load(b + 3 * w));
            var x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, b0, s00);
            s01 = TLanes.FusedMultiplyAdd(x, b1, s01);
            s02 = TLanes.FusedMultiplyAdd(x, b2, s02);
            s03 = TLanes.FusedMultiplyAdd(x, b3, s03);
            x = TLanes.All(a[aRow]);
            s10 = TLanes.FusedMultiplyAdd(x, b0, s10);
            s11 = TLanes.FusedMultiplyAdd(x, b1, s11);
            s12 = TLanes.FusedMultiplyAdd(x, b2, s12);
            s13 = TLanes.FusedMultiplyAdd(x, b3, s13);
            x = TLanes.All(a[2 * aRow]);
            s20 = TLanes.FusedMultiplyAdd(x, b0, s20);
            s21 = TLanes.FusedMultiplyAdd(x, b1, s21);
            s22 = TLanes.FusedMultiplyAdd(x, b2, s22);
            s23 = TLanes.FusedMultiplyAdd(x, b3, s23);
            x = TLanes.All(a[3 * aRow]);
            s30 = TLanes.FusedMultiplyAdd(x, b0, s30);
            s31 = TLanes.FusedMultiplyAdd(x, b1, s31);
            s32 = TLanes.FusedMultiplyAdd(x, b2, s32);
            s33 = TLanes.FusedMultiplyAdd(x, b3, s33);
            a += aStep;
            b += bStep;
        }
        StoreFour(c, s00, s01, s02, s03);
        StoreFour(c1, s10, s11, s12, s13);
        StoreFour(c2, s20, s21, s22, s23);
        StoreFour(c3, s30, s31, s32, s33);
    }

    /// <summary>4 rows by 2 vectors: what sixteen 256-bit registers hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void FourByTwo(in MatrixProduct p, int row, int column)
    {
        var w = TLanes.Count;
        var c = p.C + row * p.CRow + column;
        var c1 = c + p.CRow;
        var c2 = c + 2 * p.CRow;
        var c3 = c + 3 * p.CRow;
        TVector s00, s01, s10, s11, s20, s21, s30, s31;
        if (p.Add)
        {
            (s00, s01, s10, s11) = (TLanes.Load(c), TLanes.Load(c + w), TLanes.Load(c1), TLanes.Load(c1 + w));
            (s20, s21, s30, s31) = (TLanes.Load(c2), TLanes.Load(c2 + w), TLanes.Load(c3), TLanes.Load(c3 + w));
        }
        else
        {
            s00 = s10 = s20 = s30 = Begin(p, column);
            s01 = s11 = s21 = s31 = Begin(p, column + w);
        }
        var a = p.A + row * p.ARow;
        var b = p.B + column;
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep;
        for (var s = p.Steps; s > 0; s--)
        {
            var (b0, b1) = (TLanes.Load(b), TLanes.Load(b + w));
            var x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, b0, s00);
            s01 = TLanes.FusedMultiplyAdd(x, b1, s01);
            x = TLanes.All(a[aRow]);
            s10 = TLanes.FusedMultiplyAdd(x, b0, s10);
            s11 = TLanes.FusedMultiplyAdd(x, b1, s11);
            x = TLanes.All(a[2 * aRow]);
            s20 = TLanes.FusedMultiplyAdd(x, b0, s20);
            s21 = TLanes.FusedMultiplyAdd(x, b1, s21);
            x = TLanes.All(a[3 * aRow]);
            s30 = TLanes.FusedMultiplyAdd(x, b0, s30);
            s31 = TLanes.FusedMultiplyAdd(x, b1, s31);
            a += aStep;
            b += bStep;
        }
        TLanes.Store(s00, c);
        TLanes.Store(s01, c + w);
        TLanes.Store(s10, c1);
        TLanes.Store(s11, c1 + w);
        TLanes.Store(s20, c2);
        TLanes.Store(s21, c2 + w);
        TLanes.Store(s30, c3);
        TLanes.Store(s31, c3 + w);
    }

    /// <summary>8 rows by one vector, of which the first lanes count: as many chains as keep two units busy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void EightByOne(in MatrixProduct p, int row, int column, int lanes)
    {
        var c = p.C + row * p.CRow + column;
        var d = c + 4 * p.CRow;
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep, cRow = p.CRow;
        TVector s0, s1, s2, s3, s4, s5, s6, s7;
        if (p.Add)
        {
            (s0, s1, s2, s3) = (TLanes.Load(c), TLanes.Load(c + cRow), TLanes.Load(c + 2 * cRow), TLanes.Load(c + 3 * cRow));
            (s4, s5, s6, s7) = (TLanes.Load(d), TLanes.Load(d + cRow), TLanes.Load(d + 2 * cRow), TLanes.Load(d + 3 * cRow));
        }
        else s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = Begin(p, column);
        var a = p.A + row * aRow;
        var e = a + 4 * aRow;
        var b = p.B + column;
        for (var s = p.Steps; s > 0; s--)
        {
            var b0 = TLanes.Load(b);
            s0 = TLanes.FusedMultiplyAdd(TLanes.All(*a), b0, s0);
            s1 = TLanes.FusedMultiplyAdd(TLanes.All(a[aRow]), b0, s1);
            s2 = TLanes.FusedMultiplyAdd(TLanes.All(a[2 * aRow]), b0, s2);
            s3 = TLanes.FusedMultiplyAdd(TLanes.All(a[3 * aRow]), b0, s3);
            s4 = TLanes.FusedMultiplyAdd(TLanes.All(*e), b0, s4);
            s5 = TLanes.FusedMultiplyAdd(TLanes.All(e[aRow]), b0, s5);
            s6 = TLanes.FusedMultiplyAdd(TLanes.All(e[2 * aRow]), b0, s6);
            s7 = TLanes.FusedMultiplyAdd(TLanes.All(e[3 * aRow]), b0, s7);
            a += aStep;
            e += aStep;
            b += bStep;
        }
        TLanes.StoreFirst(s0, c, lanes);
        TLanes.StoreFirst(s1, c + cRow, lanes);
        TLanes.StoreFirst(s2, c + 2 * cRow, lanes);
        TLanes.StoreFirst(s3, c + 3 * cRow, lanes);
        TLanes.StoreFirst(s4, d, lanes);
        TLanes.StoreFirst(s5, d + cRow, lanes);
        TLanes.StoreFirst(s6, d + 2 * cRow, lanes);
        TLanes.StoreFirst(s7, d + 3 * cRow, lanes);
    }

    /// <summary>One row by 4 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void OneByFour(in MatrixProduct p, int row, int column)
    {
        var w = TLanes.Count;
        var c = p.C + row * p.CRow + column;
        var (s0, s1, s2, s3) = p.Add
            ? (TLanes.Load(c), TLanes.Load(c + w), TLanes.Load(c + 2 * w), TLanes.Load(c + 3 * w))
            : (Begin(p, column), Begin(p, column + w), Begin(p, column + 2 * w), Begin(p, column + 3 * w));
        var a = p.A + row * p.ARow;
        var b = p.B + column;
        nint aStep = p.AStep, bStep = p.BStep;
        for (var s = p.Steps; s > 0; s--)
        {
            var x = TLanes.All(*a);
            s0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), s0);
            s1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + w), s1);
            s2 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + 2 * w), s2);
            s3 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + 3 * w), s3);
            a += aStep;
            b += bStep;
        }
        StoreFour(c, s0, s1, s2, s3);
    }

    /// <summary>One row by one vector, of which the first lanes count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void OneByOne(in MatrixProduct p, int row, int column, int lanes)
    {
        var c = p.C + row * p.CRow + column;
        var sum = p.Add ? TLanes.Load(c) : Begin(p, column);
        var a = p.A + row * p.ARow;
        var b = p.B + column;
        nint aStep = p.AStep, bStep = p.BStep;
        for (var s = p.Steps; s > 0; s--)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.All(*a), TLanes.Load(b), sum);
            a += aStep;
            b += bStep;
        }
        TLanes.StoreFirst(sum, c, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin(in MatrixProduct p, int column) => p.Start == null ? TLanes.Zero : TLanes.Load(p.Start + column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(float* c, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        var w = TLanes.Count;
        TLanes.Store(s0, c);
        TLanes.Store(s1, c + w);
        TLanes.Store(s2, c + 2 * w);
        TLanes.Store(s3, c + 3 * w);
    }
}
