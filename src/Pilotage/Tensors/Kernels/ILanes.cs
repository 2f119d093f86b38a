using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pilotage.Tensors.Kernels;

/// <summary>The few vector operations of matrix products, so that one tile is written once for every vector width.</summary>
/// <remarks>All but the transposing loads are the portable vector API: on arm64 sixteen-byte lanes are NEON registers, of which there are 32, as AVX-512 has.</remarks>
internal unsafe interface ILanes<TVector> where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract TVector All(float value);

    static abstract TVector FusedMultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract void Store(TVector value, float* destination);

    /// <summary>Stores the first lanes and touches nothing else, since another thread may own what follows.</summary>
    static abstract void StoreFirst(TVector value, float* destination, int lanes);

    /// <summary>Four neighbouring elements of as many rows as there are lanes: lane i of vector s is <c>source[i * row + s]</c>.</summary>
    /// <remarks>The multiples of the stride are given, because the compiler would work them out anew in every turn of a loop.</remarks>
    static abstract (TVector First, TVector Second, TVector Third, TVector Fourth) LoadFourColumns(float* source, nint row, nint twice, nint thrice, nint fourfold);
}

/// <summary>512-bit registers.</summary>
internal readonly unsafe struct SixteenLanes : ILanes<Vector512<float>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> All(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* destination) => value.Store(destination);

    public static void StoreFirst(Vector512<float> value, float* destination, int lanes)
    {
        if (lanes < 8) EightLanes.StoreFirst(value.GetLower(), destination, lanes);
        else
        {
            value.GetLower().Store(destination);
            EightLanes.StoreFirst(value.GetUpper(), destination + 8, lanes - 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth) LoadFourColumns(float* source, nint row, nint twice, nint thrice, nint fourfold)
    {
        var low = EightLanes.LoadFourColumns(source, row, twice, thrice, fourfold);
        var high = EightLanes.LoadFourColumns(source + 2 * fourfold, row, twice, thrice, fourfold);
        return (Vector512.Create(low.First, high.First), Vector512.Create(low.Second, high.Second), Vector512.Create(low.Third, high.Third), Vector512.Create(low.Fourth, high.Fourth));
    }
}

/// <summary>256-bit registers.</summary>
internal readonly unsafe struct EightLanes : ILanes<Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> All(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* destination) => value.Store(destination);

    public static void StoreFirst(Vector256<float> value, float* destination, int lanes)
    {
        if (lanes < 4) FourLanes.StoreFirst(value.GetLower(), destination, lanes);
        else
        {
            value.GetLower().Store(destination);
            FourLanes.StoreFirst(value.GetUpper(), destination + 4, lanes - 4);
        }
    }

    /// <summary>Rows four apart lie side by side, so that a transpose of four by four in each half is enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) LoadFourColumns(float* source, nint row, nint twice, nint thrice, nint fourfold)
    {
        var lower = source + fourfold;
        var r0 = Vector256.Create(Vector128.Load(source), Vector128.Load(lower));
        var r1 = Vector256.Create(Vector128.Load(source + row), Vector128.Load(lower + row));
        var r2 = Vector256.Create(Vector128.Load(source + twice), Vector128.Load(lower + twice));
        var r3 = Vector256.Create(Vector128.Load(source + thrice), Vector128.Load(lower + thrice));
        if (!Avx.IsSupported) return Separate(r0, r1, r2, r3);
        var (low0, low1, high0, high1) = (Avx.UnpackLow(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r0, r1), Avx.UnpackHigh(r2, r3));
        return (Avx.Shuffle(low0, low1, 0b01_00_01_00), Avx.Shuffle(low0, low1, 0b11_10_11_10),
            Avx.Shuffle(high0, high1, 0b01_00_01_00), Avx.Shuffle(high0, high1, 0b11_10_11_10));
    }

    /// <summary>Without AVX nothing takes this width for speed; it only has to be right.</summary>
    private static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) Separate(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        return (Column(0), Column(1), Column(2), Column(3));

        Vector256<float> Column(int i) => Vector256.Create(r0[i], r1[i], r2[i], r3[i], r0[i + 4], r1[i + 4], r2[i + 4], r3[i + 4]);
    }
}

/// <summary>128-bit registers.</summary>
internal readonly unsafe struct FourLanes : ILanes<Vector128<float>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> All(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FusedMultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* destination) => value.Store(destination);

    public static void StoreFirst(Vector128<float> value, float* destination, int lanes)
    {
        if (lanes >= 2) value.GetLower().Store(destination);
        if (lanes == 1) *destination = value.ToScalar();
        if (lanes == 3) destination[2] = value.GetElement(2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) LoadFourColumns(float* source, nint row, nint twice, nint thrice, nint fourfold)
    {
        var a = source;
        var b = a + row;
        var c = a + twice;
        var d = a + thrice;
        return (Vector128.Create(*a, *b, *c, *d), Vector128.Create(a[1], b[1], c[1], d[1]), Vector128.Create(a[2], b[2], c[2], d[2]), Vector128.Create(a[3], b[3], c[3], d[3]));
    }
}
