using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Tiles of few rows whose b is given transposed: four steps of a vector's columns are turned in registers, serve all rows at once, and are never stored.</summary>
/// <remarks>Every element is the same chain as in <see cref="MatrixTiles{TLanes,TVector}"/>. The steps of b's columns must be contiguous.</remarks>
internal static unsafe class TransposedTiles<TLanes, TVector> where TLanes : ILanes<TVector> where TVector : struct
{
    /// <summary>All of up to four rows by one or two vectors, all of whose lanes are columns of the matrix; of the last vector only the last lanes are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TRows, TVectors>(in MatrixProduct p, int column, int lanes)
        where TRows : unmanaged, ICount where TVectors : unmanaged, ICount
    {
        var w = TLanes.Count;
        nint aRow = p.ARow, aStep = p.AStep, bColumn = p.BColumn, cRow = p.CRow;
        var c = p.C + column;
        TVector s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        if (p.Add)
        {
            s00 = TLanes.Load(c);
            if (sizeof(TVectors) > 1) s01 = TLanes.Load(c + w);
            if (sizeof(TRows) > 1) s10 = TLanes.Load(c + cRow);
            if (sizeof(TRows) > 1 && sizeof(TVectors) > 1) s11 = TLanes.Load(c + cRow + w);
            if (sizeof(TRows) > 2) s20 = TLanes.Load(c + 2 * cRow);
            if (sizeof(TRows) > 2 && sizeof(TVectors) > 1) s21 = TLanes.Load(c + 2 * cRow + w);
            if (sizeof(TRows) > 3) s30 = TLanes.Load(c + 3 * cRow);
            if (sizeof(TRows) > 3 && sizeof(TVectors) > 1) s31 = TLanes.Load(c + 3 * cRow + w);
        }
        else if (p.Start != null)
        {
            var start = p.Start + column;
            s00 = s10 = s20 = s30 = TLanes.Load(start);
            if (sizeof(TVectors) > 1) s01 = s11 = s21 = s31 = TLanes.Load(start + w);
        }
        var a = p.A;
        var d = a + 2 * aRow;
        var b = p.B + column * bColumn;
        var e = b + w * bColumn;
        nint twice = 2 * bColumn, thrice = 3 * bColumn, fourfold = 4 * bColumn;
        TVector t0, t1, t2, t3, u0 = default, u1 = default, u2 = default, u3 = default;
        for (var four = p.Steps / 4; four > 0; four--)
        {
            (t0, t1, t2, t3) = TLanes.LoadFourColumns(b, bColumn, twice, thrice, fourfold);
            if (sizeof(TVectors) > 1) (u0, u1, u2, u3) = TLanes.LoadFourColumns(e, bColumn, twice, thrice, fourfold);
            var x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, t0, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u0, s01);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, t0, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u0, s11);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(*d);
                s20 = TLanes.FusedMultiplyAdd(x, t0, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u0, s21);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(d[aRow]);
                s30 = TLanes.FusedMultiplyAdd(x, t0, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u0, s31);
            }
            a += aStep;
            if (sizeof(TRows) > 2) d += aStep;
            x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, t1, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u1, s01);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, t1, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u1, s11);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(*d);
                s20 = TLanes.FusedMultiplyAdd(x, t1, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u1, s21);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(d[aRow]);
                s30 = TLanes.FusedMultiplyAdd(x, t1, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u1, s31);
            }
            a += aStep;
            if (sizeof(TRows) > 2) d += aStep;
            x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, t2, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u2, s01);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, t2, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u2, s11);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(*d);
                s20 = TLanes.FusedMultiplyAdd(x, t2, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u2, s21);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(d[aRow]);
                s30 = TLanes.FusedMultiplyAdd(x, t2, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u2, s31);
            }
            a += aStep;
            if (sizeof(TRows) > 2) d += aStep;
            x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, t3, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u3, s01);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, t3, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u3, s11);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(*d);
                s20 = TLanes.FusedMultiplyAdd(x, t3, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u3, s21);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(d[aRow]);
                s30 = TLanes.FusedMultiplyAdd(x, t3, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u3, s31);
            }
            a += aStep;
            if (sizeof(TRows) > 2) d += aStep;
            b += 4;
            e += 4;
        }
        var left = p.Steps % 4;
        if (left > 0)
        {
            // What lies behind the last step is read and not used.
            (t0, t1, t2, t3) = TLanes.LoadFourColumns(b, bColumn, twice, thrice, fourfold);
            if (sizeof(TVectors) > 1) (u0, u1, u2, u3) = TLanes.LoadFourColumns(e, bColumn, twice, thrice, fourfold);
            var x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, t0, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u0, s01);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, t0, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u0, s11);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(*d);
                s20 = TLanes.FusedMultiplyAdd(x, t0, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u0, s21);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(d[aRow]);
                s30 = TLanes.FusedMultiplyAdd(x, t0, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u0, s31);
            }
            a += aStep;
            if (sizeof(TRows) > 2) d += aStep;
            if (left > 1)
            {
                x = TLanes.All(*a);
                s00 = TLanes.FusedMultiplyAdd(x, t1, s00);
                if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u1, s01);
                if (sizeof(TRows) > 1)
                {
                    x = TLanes.All(a[aRow]);
                    s10 = TLanes.FusedMultiplyAdd(x, t1, s10);
                    if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u1, s11);
                }
                if (sizeof(TRows) > 2)
                {
                    x = TLanes.All(*d);
                    s20 = TLanes.FusedMultiplyAdd(x, t1, s20);
                    if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u1, s21);
                }
                if (sizeof(TRows) > 3)
                {
                    x = TLanes.All(d[aRow]);
                    s30 = TLanes.FusedMultiplyAdd(x, t1, s30);
                    if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u1, s31);
                }
                a += aStep;
                if (sizeof(TRows) > 2) d += aStep;
            }
            if (left > 2)
            {
                x = TLanes.All(*a);
                s00 = TLanes.FusedMultiplyAdd(x, t2, s00);
                if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, u2, s01);
                if (sizeof(TRows) > 1)
                {
                    x = TLanes.All(a[aRow]);
                    s10 = TLanes.FusedMultiplyAdd(x, t2, s10);
                    if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, u2, s11);
                }
                if (sizeof(TRows) > 2)
                {
                    x = TLanes.All(*d);
                    s20 = TLanes.FusedMultiplyAdd(x, t2, s20);
                    if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, u2, s21);
                }
                if (sizeof(TRows) > 3)
                {
                    x = TLanes.All(d[aRow]);
                    s30 = TLanes.FusedMultiplyAdd(x, t2, s30);
                    if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, u2, s31);
                }
            }
        }
        Store<TVectors>(c, s00, s01, lanes);
        if (sizeof(TRows) > 1) Store<TVectors>(c + cRow, s10, s11, lanes);
        if (sizeof(TRows) > 2) Store<TVectors>(c + 2 * cRow, s20, s21, lanes);
        if (sizeof(TRows) > 3) Store<TVectors>(c + 3 * cRow, s30, s31, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(float* c, TVector first, TVector last, int lanes) where TVectors : unmanaged, ICount
    {
        if (sizeof(TVectors) > 1)
        {
            TLanes.Store(first, c);
            c += TLanes.Count;
        }
        else last = first;
        if (lanes == TLanes.Count) TLanes.Store(last, c);
        else StoreLast(last, c, lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreLast(TVector value, float* c, int lanes)
    {
        var all = stackalloc float[16];
        TLanes.Store(value, all);
        for (var i = TLanes.Count - lanes; i < TLanes.Count; i++) c[i] = all[i];
    }
}
