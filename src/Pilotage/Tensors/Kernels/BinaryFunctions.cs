using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector512<float>;

namespace Pilotage.Tensors.Kernels;

/// <summary>The elementwise functions of two tensors.</summary>
internal static class BinaryFunctions
{
    internal readonly struct Add : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left + right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => g;
    }

    internal readonly struct Subtract : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left - right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => -g;
    }

    internal readonly struct Multiply : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane left, Lane right) => left * right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Left(Lane left, Lane right, Lane g) => g * right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Right(Lane left, Lane right, Lane g) => g * left;
    }

    internal readonly struct Divide : IBinaryKernel
    {
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
