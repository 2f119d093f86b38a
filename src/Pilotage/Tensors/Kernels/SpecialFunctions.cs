using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector512<float>;

namespace Pilotage.Tensors.Kernels;

/// <summary>The elementwise functions of one tensor that likelihoods are made of.</summary>
internal static class SpecialFunctions
{
    internal readonly struct Log1p : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Log1p(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g / (Lane.One + x);
    }

    internal readonly struct Expm1 : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Expm1(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * VectorMath.Exp(x);
    }

    internal readonly struct Erf : IUnaryKernel
    {
        /// <summary>2 / sqrt(pi).</summary>
        private const float Slope = 1.12837917f;

        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Erf(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * (Vector512.Create(Slope) * VectorMath.Exp(-(x * x)));
    }

    internal readonly struct LogGamma : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        public static Lane Value(Lane x, Lane a, Lane b) => GammaFunctions.LogGamma(x);

        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * GammaFunctions.Digamma(x);
    }

    internal readonly struct Digamma : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        public static Lane Value(Lane x, Lane a, Lane b) => GammaFunctions.Digamma(x);

        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * GammaFunctions.Trigamma(x);
    }

    internal readonly struct Power : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        public static Lane Value(Lane x, Lane a, Lane b) => WideMath.Power(x, a);

        /// <summary>a x^(a - 1); a constant has none, not even at 0.</summary>
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) =>
            Vector512.AndNot(g * (a * WideMath.Power(x, a - Lane.One)), Vector512.Equals(a, Lane.Zero));
    }
}
