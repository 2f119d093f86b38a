using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>Register tiles of a matrix product: every element of c is one chain of fused multiply-adds over the steps in order, in every tile of every width.</summary>
internal static unsafe class MatrixTiles<TLanes, TVector> where TLanes : ILanes<TVector> where TVector : struct
{
    /// <summary>Up to six rows by up to four vectors; of the last vector the first lanes count. b is the address of the tile's first column, whose neighbours are contiguous.</summary>
    /// <remarks>Six by four fills 28 of 32 registers, six by two 15 of 16. The loops below are unrolled by hand because only locals live in registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TRows, TVectors>(in MatrixProduct p, float* b, int column, int lanes)
        where TRows : unmanaged, ICount where TVectors : unmanaged, ICount
    {
        var w = TLanes.Count;
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep, cRow = p.CRow;
        var c = p.C + column;
        TVector s00 = default, s01 = default, s02 = default, s03 = default;
        TVector s10 = default, s11 = default, s12 = default, s13 = default;
        TVector s20 = default, s21 = default, s22 = default, s23 = default;
        TVector s30 = default, s31 = default, s32 = default, s33 = default;
        TVector s40 = default, s41 = default, s42 = default, s43 = default;
        TVector s50 = default, s51 = default, s52 = default, s53 = default;
        if (p.Add)
        {
            s00 = TLanes.Load(c);
            if (sizeof(TVectors) > 1) s01 = TLanes.Load(c + w);
            if (sizeof(TVectors) > 2) s02 = TLanes.Load(c + 2 * w);
            if (sizeof(TVectors) > 3) s03 = TLanes.Load(c + 3 * w);
            if (sizeof(TRows) > 1)
            {
                s10 = TLanes.Load(c + 1 * cRow);
                if (sizeof(TVectors) > 1) s11 = TLanes.Load(c + cRow + w);
                if (sizeof(TVectors) > 2) s12 = TLanes.Load(c + cRow + 2 * w);
                if (sizeof(TVectors) > 3) s13 = TLanes.Load(c + cRow + 3 * w);
            }
            if (sizeof(TRows) > 2)
            {
                s20 = TLanes.Load(c + 2 * cRow);
                if (sizeof(TVectors) > 1) s21 = TLanes.Load(c + 2 * cRow + w);
                if (sizeof(TVectors) > 2) s22 = TLanes.Load(c + 2 * cRow + 2 * w);
                if (sizeof(TVectors) > 3) s23 = TLanes.Load(c + 2 * cRow + 3 * w);
            }
            if (sizeof(TRows) > 3)
            {
                s30 = TLanes.Load(c + 3 * cRow);
                if (sizeof(TVectors) > 1) s31 = TLanes.Load(c + 3 * cRow + w);
                if (sizeof(TVectors) > 2) s32 = TLanes.Load(c + 3 * cRow + 2 * w);
                if (sizeof(TVectors) > 3) s33 = TLanes.Load(c + 3 * cRow + 3 * w);
            }
            if (sizeof(TRows) > 4)
            {
                s40 = TLanes.Load(c + 4 * cRow);
                if (sizeof(TVectors) > 1) s41 = TLanes.Load(c + 4 * cRow + w);
                if (sizeof(TVectors) > 2) s42 = TLanes.Load(c + 4 * cRow + 2 * w);
                if (sizeof(TVectors) > 3) s43 = TLanes.Load(c + 4 * cRow + 3 * w);
            }
            if (sizeof(TRows) > 5)
            {
                s50 = TLanes.Load(c + 5 * cRow);
                if (sizeof(TVectors) > 1) s51 = TLanes.Load(c + 5 * cRow + w);
                if (sizeof(TVectors) > 2) s52 = TLanes.Load(c + 5 * cRow + 2 * w);
                if (sizeof(TVectors) > 3) s53 = TLanes.Load(c + 5 * cRow + 3 * w);
            }
        }
        else if (p.Start != null)
        {
            var start = p.Start + column;
            s00 = s10 = s20 = s30 = s40 = s50 = TLanes.Load(start);
            if (sizeof(TVectors) > 1) s01 = s11 = s21 = s31 = s41 = s51 = TLanes.Load(start + w);
            if (sizeof(TVectors) > 2) s02 = s12 = s22 = s32 = s42 = s52 = TLanes.Load(start + 2 * w);
            if (sizeof(TVectors) > 3) s03 = s13 = s23 = s33 = s43 = s53 = TLanes.Load(start + 3 * w);
        }
        var a = p.A;
        var d = a + 3 * aRow;
        var twice = 2 * aRow;
        for (var s = p.Steps; s > 0; s--)
        {
            TVector b1 = default, b2 = default, b3 = default;
            var b0 = TLanes.Load(b);
            if (sizeof(TVectors) > 1) b1 = TLanes.Load(b + w);
            if (sizeof(TVectors) > 2) b2 = TLanes.Load(b + 2 * w);
            if (sizeof(TVectors) > 3) b3 = TLanes.Load(b + 3 * w);
            var x = TLanes.All(*a);
            s00 = TLanes.FusedMultiplyAdd(x, b0, s00);
            if (sizeof(TVectors) > 1) s01 = TLanes.FusedMultiplyAdd(x, b1, s01);
            if (sizeof(TVectors) > 2) s02 = TLanes.FusedMultiplyAdd(x, b2, s02);
            if (sizeof(TVectors) > 3) s03 = TLanes.FusedMultiplyAdd(x, b3, s03);
            if (sizeof(TRows) > 1)
            {
                x = TLanes.All(a[aRow]);
                s10 = TLanes.FusedMultiplyAdd(x, b0, s10);
                if (sizeof(TVectors) > 1) s11 = TLanes.FusedMultiplyAdd(x, b1, s11);
                if (sizeof(TVectors) > 2) s12 = TLanes.FusedMultiplyAdd(x, b2, s12);
                if (sizeof(TVectors) > 3) s13 = TLanes.FusedMultiplyAdd(x, b3, s13);
            }
            if (sizeof(TRows) > 2)
            {
                x = TLanes.All(a[twice]);
                s20 = TLanes.FusedMultiplyAdd(x, b0, s20);
                if (sizeof(TVectors) > 1) s21 = TLanes.FusedMultiplyAdd(x, b1, s21);
                if (sizeof(TVectors) > 2) s22 = TLanes.FusedMultiplyAdd(x, b2, s22);
                if (sizeof(TVectors) > 3) s23 = TLanes.FusedMultiplyAdd(x, b3, s23);
            }
            if (sizeof(TRows) > 3)
            {
                x = TLanes.All(*d);
                s30 = TLanes.FusedMultiplyAdd(x, b0, s30);
                if (sizeof(TVectors) > 1) s31 = TLanes.FusedMultiplyAdd(x, b1, s31);
                if (sizeof(TVectors) > 2) s32 = TLanes.FusedMultiplyAdd(x, b2, s32);
                if (sizeof(TVectors) > 3) s33 = TLanes.FusedMultiplyAdd(x, b3, s33);
            }
            if (sizeof(TRows) > 4)
            {
                x = TLanes.All(d[aRow]);
                s40 = TLanes.FusedMultiplyAdd(x, b0, s40);
                if (sizeof(TVectors) > 1) s41 = TLanes.FusedMultiplyAdd(x, b1, s41);
                if (sizeof(TVectors) > 2) s42 = TLanes.FusedMultiplyAdd(x, b2, s42);
                if (sizeof(TVectors) > 3) s43 = TLanes.FusedMultiplyAdd(x, b3, s43);
            }
            if (sizeof(TRows) > 5)
            {
                x = TLanes.All(d[twice]);
                s50 = TLanes.FusedMultiplyAdd(x, b0, s50);
                if (sizeof(TVectors) > 1) s51 = TLanes.FusedMultiplyAdd(x, b1, s51);
                if (sizeof(TVectors) > 2) s52 = TLanes.FusedMultiplyAdd(x, b2, s52);
                if (sizeof(TVectors) > 3) s53 = TLanes.FusedMultiplyAdd(x, b3, s53);
            }
            a += aStep;
            if (sizeof(TRows) > 3) d += aStep;
            b += bStep;
        }
        Store<TVectors>(c, s00, s01, s02, s03, lanes);
        if (sizeof(TRows) > 1) Store<TVectors>(c + cRow, s10, s11, s12, s13, lanes);
        if (sizeof(TRows) > 2) Store<TVectors>(c + 2 * cRow, s20, s21, s22, s23, lanes);
        if (sizeof(TRows) > 3) Store<TVectors>(c + 3 * cRow, s30, s31, s32, s33, lanes);
        if (sizeof(TRows) > 4) Store<TVectors>(c + 4 * cRow, s40, s41, s42, s43, lanes);
        if (sizeof(TRows) > 5) Store<TVectors>(c + 5 * cRow, s50, s51, s52, s53, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(float* c, TVector s0, TVector s1, TVector s2, TVector s3, int lanes) where TVectors : unmanaged, ICount
    {
        var w = TLanes.Count;
        if (sizeof(TVectors) > 1) TLanes.Store(s0, c);
        if (sizeof(TVectors) > 2) TLanes.Store(s1, c + w);
        if (sizeof(TVectors) > 3) TLanes.Store(s2, c + 2 * w);
        var last = sizeof(TVectors) switch { 1 => s0, 2 => s1, 3 => s2, _ => s3 };
        c += (sizeof(TVectors) - 1) * w;
        if (lanes == w) TLanes.Store(last, c);
        else TLanes.StoreFirst(last, c, lanes);
    }
}
