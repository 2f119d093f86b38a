using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector512<float>;

namespace Pilotage.Tensors.Kernels;

/// <summary>The elementwise functions of two tensors.</summary>
internal static class BinaryFunctions
{
    internal readonly struct Add : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Nothing;

        public static Reads RightReads => Reads.Nothing;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left + right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => g;
    }

    internal readonly struct Subtract : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Nothing;

        public static Reads RightReads => Reads.Nothing;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left - right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => -g;
    }

    internal readonly struct Multiply : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Second;

        public static Reads RightReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left * right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g * right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => g * left;
    }

    internal readonly struct Divide : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Second;

        public static Reads RightReads => Reads.Both;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left / right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g / right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => -(g * (left / right) / right);
    }

    /// <summary>NaN in either operand gives NaN.</summary>
    internal readonly struct Minimum : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Both;

        public static Reads RightReads => Reads.Both;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => Vector512.Min(left, right);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => Share(Vector512.LessThan(left, right), Vector512.Equals(left, right), g);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => Share(Vector512.LessThan(right, left), Vector512.Equals(left, right), g);
    }

    /// <summary>NaN in either operand gives NaN.</summary>
    internal readonly struct Maximum : IBinaryKernel
    {
        public static Reads LeftReads => Reads.Both;

        public static Reads RightReads => Reads.Both;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => Vector512.Max(left, right);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => Share(Vector512.GreaterThan(left, right), Vector512.Equals(left, right), g);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => Share(Vector512.GreaterThan(right, left), Vector512.Equals(left, right), g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane Share(Lane won, Lane equal, Lane g) =>
        Vector512.ConditionalSelect(won, g, Vector512.ConditionalSelect(equal, g * Vector512.Create(0.5f), Lane.Zero));
}
