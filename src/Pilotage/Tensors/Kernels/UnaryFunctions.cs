using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector512<float>;

namespace Pilotage.Tensors.Kernels;

/// <summary>The elementwise functions of one tensor.</summary>
internal static class UnaryFunctions
{
    internal readonly struct Negate : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Nothing;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => -x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => -g;
    }

    internal readonly struct Exp : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * y;
    }

    internal readonly struct Log : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g / x;
    }

    internal readonly struct Sqrt : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.Sqrt(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * Vector512.Create(0.5f) / y;
    }

    internal readonly struct Square : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => x * x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * (x + x);
    }

    internal readonly struct Abs : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.Abs(x);

        /// <summary>0 at 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), g, Vector512.ConditionalSelect(Vector512.LessThan(x, Lane.Zero), -g, Lane.Zero));
    }

    internal readonly struct Reciprocal : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Lane.One / x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => -(g * y * y);
    }

    internal readonly struct Tanh : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * Vector512.FusedMultiplyAdd(-y, y, Lane.One);
    }

    internal readonly struct Relu : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        /// <summary>NaN stays NaN: it is not at most 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Lane.Zero), Lane.Zero, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.GreaterThan(y, Lane.Zero), g, Lane.Zero);
    }

    internal readonly struct Sigmoid : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * (y * (Lane.One - y));
    }

    internal readonly struct Silu : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => x * VectorMath.Sigmoid(x);

        /// <summary>s + x s (1 - s), with the sigmoid s.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b)
        {
            var s = VectorMath.Sigmoid(x);
            return g * Vector512.FusedMultiplyAdd(x * s, Lane.One - s, s);
        }
    }

    internal readonly struct Gelu : IUnaryKernel
    {
        /// <summary>sqrt(2 / pi) and the cubic's weight: Hendrycks and Gimpel, arXiv:1606.08415.</summary>
        private const float Slope = 0.7978845608f;
        private const float Cubic = 0.044715f;

        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.Create(0.5f) * x * (Lane.One + Inner(x));

        /// <summary>(1 + t) / 2 + x (1 - t^2) u' / 2, with t = tanh u.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b)
        {
            var t = Inner(x);
            var slope = Vector512.Create(Slope) * Vector512.FusedMultiplyAdd(x * x, Vector512.Create(3 * Cubic), Lane.One);
            return g * Vector512.Create(0.5f) * Vector512.FusedMultiplyAdd(x * slope, Vector512.FusedMultiplyAdd(-t, t, Lane.One), Lane.One + t);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Lane Inner(Lane x) => VectorMath.Tanh(Vector512.Create(Slope) * x * Vector512.FusedMultiplyAdd(x * x, Vector512.Create(Cubic), Lane.One));
    }

    internal readonly struct Softplus : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => VectorMath.Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * VectorMath.Sigmoid(x);
    }

    internal readonly struct Sin : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        public static Lane Value(Lane x, Lane a, Lane b) => Trigonometry.Sin(x);

        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * Trigonometry.Cos(x);
    }

    internal readonly struct Cos : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        public static Lane Value(Lane x, Lane a, Lane b) => Trigonometry.Cos(x);

        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => -(g * Trigonometry.Sin(x));
    }

    internal readonly struct Scale : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Nothing;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => x * a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * a;
    }

    internal readonly struct Offset : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Nothing;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => x + a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g;
    }

    internal readonly struct Clamp : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        /// <summary>NaN stays NaN: its comparisons are false.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) =>
            Vector512.ConditionalSelect(Vector512.LessThan(x, a), a, Vector512.ConditionalSelect(Vector512.GreaterThan(x, b), b, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) =>
            Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, a) & Vector512.LessThanOrEqual(x, b), g, Lane.Zero);
    }

    internal readonly struct LeakyRelu : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), x, a * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), g, a * g);
    }

    internal readonly struct Elu : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Both;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), x, a * VectorMath.Expm1UpTo18(x));

        /// <summary>a exp(x) = y + a below 0, so no exponential. With a = 1 the result may stand for x: its sign is the same, and a fused layer keeps nothing else.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), g, g * (y + a));
    }

    internal readonly struct Selu : IUnaryKernel
    {
        /// <summary>lambda and alpha, for which mean 0 and variance 1 are a fixed point: Klambauer et al., arXiv:1706.02515, eq. 14.</summary>
        private const float Slope = 1.0507009873554805f;
        private const float Depth = 1.0507009873554805f * 1.6732632423543772f;

        public static Reads GradientReads => Reads.Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Lane.Zero), Vector512.Create(Slope) * x, Vector512.Create(Depth) * VectorMath.Expm1UpTo18(x));

        /// <summary>Of the result alone, so that a fused layer keeps nothing else: lambda alpha exp(x) = y + lambda alpha.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(y, Lane.Zero), g * Vector512.Create(Slope), g * (y + Vector512.Create(Depth)));
    }

    internal readonly struct LogSigmoid : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => -VectorMath.Softplus(-x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * VectorMath.Sigmoid(-x);
    }

    internal readonly struct Huber : IUnaryKernel
    {
        public static Reads GradientReads => Reads.First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Abs(x), a), Vector512.Create(0.5f) * x * x, a * (Vector512.Abs(x) - Vector512.Create(0.5f) * a));

        /// <summary>x within the radius, its sign times the radius outside.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => g * Clamp.Value(x, -a, a);
    }

    internal readonly struct Sign : IUnaryKernel
    {
        public static Reads GradientReads => Reads.Nothing;

        /// <summary>0 and NaN stay what they are.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Value(Lane x, Lane a, Lane b) => Vector512.ConditionalSelect(Vector512.Equals(x, Lane.Zero), x, Vector512.ConditionalSelect(Vector512.Equals(x, x), Lane.One | (x & Vector512.Create(-0f)), x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane Gradient(Lane x, Lane y, Lane g, Lane a, Lane b) => Lane.Zero;
    }
}
