using System.Runtime.Intrinsics;
using Pilotage.Tensors.Kernels;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

/// <summary>The polynomials against the runtime's functions in double: dense samples of all magnitudes, special values, and no dependence on the lane.</summary>
public sealed class VectorMathTests
{
    private delegate Vector512<float> Kernel(Vector512<float> x);

    private static readonly (string Name, Kernel Kernel, Func<double, double> Exact, double Units)[] Functions =
    [
        ("exp", VectorMath.Exp, Math.Exp, 2), ("log", VectorMath.Log, Math.Log, 2), ("tanh", VectorMath.Tanh, Math.Tanh, 3), ("sigmoid", VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3),
        ("softplus", VectorMath.Softplus, x => Math.Max(x, 0) + ReferenceGamma.Log1p(Math.Exp(-Math.Abs(x))), 3),
        ("log1p", VectorMath.Log1p, ReferenceGamma.Log1p, 3), ("expm1", VectorMath.Expm1, ReferenceGamma.Expm1, 3), ("erf", VectorMath.Erf, ReferenceGamma.Erf, 3),
        ("log-gamma", GammaFunctions.LogGamma, ReferenceGamma.LogGamma, 1), ("digamma", GammaFunctions.Digamma, ReferenceGamma.Digamma, 1), ("trigamma", GammaFunctions.Trigamma, ReferenceGamma.Trigamma, 1),
        ("power 0.37", x => WideMath.Power(x, Vector512.Create(0.37f)), x => Math.Pow(x, 0.37f), 1), ("power -3.1", x => WideMath.Power(x, Vector512.Create(-3.1f)), x => Math.Pow(x, -3.1f), 1),
        ("log-sigmoid", x => UnaryFunctions.LogSigmoid.Value(x, default, default), x => Math.Min(x, 0) - ReferenceGamma.Log1p(Math.Exp(-Math.Abs(x))), 3),
        ("elu", x => UnaryFunctions.Elu.Value(x, Vector512<float>.One, default), x => x > 0 ? x : ReferenceGamma.Expm1(x), 3),
        ("selu", x => UnaryFunctions.Selu.Value(x, default, default), x => x > 0 ? (double)1.0507009873554805f * x : 1.0507009873554805 * 1.6732632423543772 * ReferenceGamma.Expm1(x), 5),
        ("sin", Trigonometry.Sin, Math.Sin, 2), ("cos", Trigonometry.Cos, Math.Cos, 2),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_OverAllMagnitudes_IsWithinItsUnits(string name)
    {
        var (_, kernel, exact, units) = Functions.Single(f => f.Name == name);
        var worst = (Error: 0.0, At: 0f);
        // Every 4001st bit pattern (a prime) of both signs: a million inputs, denormals to the largest number.
        Span<float> inputs = stackalloc float[Lanes.Count];
        for (long bits = 0; bits < 0x1_0000_0000; bits += 4001 * Lanes.Count)
        {
            for (var lane = 0; lane < Lanes.Count; lane++) inputs[lane] = BitConverter.UInt32BitsToSingle((uint)(bits + 4001L * lane));
            var results = kernel(Vector512.Create<float>(inputs));
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var error = Units(results[lane], exact(inputs[lane]));
                if (error > worst.Error) worst = (error, inputs[lane]);
            }
        }
        Assert.True(worst.Error <= units, $"{name}({worst.At:R}) is {worst.Error:F2} units in the last place off.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_WhereItMatters_IsWithinItsUnits(string name)
    {
        var (_, kernel, exact, units) = Functions.Single(f => f.Name == name);
        var worst = (Error: 0.0, At: 0f);
        for (var i = -200_000; i <= 200_000; i += Lanes.Count)
        {
            var results = kernel(Vector512.Create(i * 5e-5f) + Vector512.ConvertToSingle(Vector512<int>.Indices) * 5e-5f);
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var x = i * 5e-5f + lane * 5e-5f;
                var error = Units(results[lane], exact(x));
                if (error > worst.Error) worst = (error, x);
            }
        }
        Assert.True(worst.Error <= units, $"{name}({worst.At:R}) is {worst.Error:F2} units in the last place off.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_InAnyLane_HasTheSameBits(string name)
    {
        var kernel = Functions.Single(f => f.Name == name).Kernel;
        var random = new Randomness(5);
        for (var i = 0; i < 2000; i++)
        {
            var x = (float)random.NextNormal() * 10;
            var alone = kernel(Vector512.Create(x))[0];
            var place = random.NextInt(Lanes.Count);
            Assert.Equal(BitConverter.SingleToInt32Bits(alone), BitConverter.SingleToInt32Bits(kernel(Vector512.Create(1e30f).WithElement(place, x))[place]));
        }
    }

    [Fact]
    public void Exp_AtItsEnds_OverflowsAndUnderflows()
    {
        Assert.Equal(float.PositiveInfinity, VectorMath.Exp(Vector512.Create(float.PositiveInfinity))[0]);
        Assert.Equal(float.PositiveInfinity, VectorMath.Exp(Vector512.Create(88.73f))[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(float.NegativeInfinity))[0]);
        Assert.Equal(1, VectorMath.Exp(Vector512.Create(-0f))[0]);
        Assert.True(float.IsNaN(VectorMath.Exp(Vector512.Create(float.NaN))[0]));
    }

    [Fact]
    public void Log_AtItsEnds_GivesInfinitiesAndNaN()
    {
        Assert.Equal(float.NegativeInfinity, VectorMath.Log(Vector512.Create(0f))[0]);
        Assert.Equal(float.NegativeInfinity, VectorMath.Log(Vector512.Create(-0f))[0]);
        Assert.Equal(float.PositiveInfinity, VectorMath.Log(Vector512.Create(float.PositiveInfinity))[0]);
        Assert.True(float.IsNaN(VectorMath.Log(Vector512.Create(-1f))[0]));
        Assert.True(float.IsNaN(VectorMath.Log(Vector512.Create(float.NaN))[0]));
        Assert.Equal(0, VectorMath.Log(Vector512.Create(1f))[0]);
    }

    [Fact]
    public void Tanh_AtItsEnds_IsExact()
    {
        Assert.Equal(1, VectorMath.Tanh(Vector512.Create(float.PositiveInfinity))[0]);
        Assert.Equal(-1, VectorMath.Tanh(Vector512.Create(float.NegativeInfinity))[0]);
        Assert.Equal(1, VectorMath.Tanh(Vector512.Create(20f))[0]);
        Assert.Equal(int.MinValue, BitConverter.SingleToInt32Bits(VectorMath.Tanh(Vector512.Create(-0f))[0]));
        Assert.True(float.IsNaN(VectorMath.Tanh(Vector512.Create(float.NaN))[0]));
    }

    [Fact]
    public void GammaFunctions_AroundTheirZeros_AreWithinOneUnit()
    {
        foreach (var zero in new[] { 1f, 2f, 1.4616321f })
        {
            var x = zero;
            for (var i = 0; i < 200; i++) x = MathF.BitDecrement(x);
            for (var i = 0; i < 400; i++, x = MathF.BitIncrement(x))
                if (zero != 1.4616321f) Assert.True(Units(GammaFunctions.LogGamma(Vector512.Create(x))[0], ReferenceGamma.LogGamma(x)) <= 1, $"log-gamma({x:R})");
                // The reference sums thirty terms here: good to 1e-14, which is not enough next to the zero.
                else Assert.Equal(ReferenceGamma.Digamma(x), GammaFunctions.Digamma(Vector512.Create(x))[0], 2e-14 + 1e-7 * Math.Abs(ReferenceGamma.Digamma(x)));
        }
        Assert.Equal(-1.20360525488307e-8, GammaFunctions.Digamma(Vector512.Create(1.4616321f))[0], 1e-15);
    }

    [Fact]
    public void Sine_OfInfinityAndNaN_IsNaN()
    {
        Assert.True(float.IsNaN(Trigonometry.Sin(Vector512.Create(float.PositiveInfinity))[0]));
        Assert.True(float.IsNaN(Trigonometry.Cos(Vector512.Create(float.NaN))[0]));
    }

    /// <summary>Distance in units in the last place of the float32 next to the exact value; unequal infinities or NaN count as endless.</summary>
    private static double Units(float actual, double exact)
    {
        var rounded = (float)exact;
        if (float.IsNaN(rounded)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity(rounded)) return actual == rounded ? 0 : double.PositiveInfinity;
        if (!float.IsFinite(actual)) return double.PositiveInfinity;
        var unit = (double)MathF.BitIncrement(Math.Abs(rounded)) - Math.Abs(rounded);
        return double.IsInfinity(unit) ? Math.Abs(actual - exact) / 2.028240960365167e31 : Math.Abs(actual - exact) / unit;
    }
}
