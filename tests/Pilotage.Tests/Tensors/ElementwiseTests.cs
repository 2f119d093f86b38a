using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ElementwiseTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, double Low, double High)> Functions = new()
    {
        ["negate"] = (x => -x, -2, 2),
        ["exp"] = (x => x.Exp(), -3, 3),
        ["log"] = (x => x.Log(), 0.2, 5),
        ["sqrt"] = (x => x.Sqrt(), 0.2, 5),
        ["square"] = (x => x.Square(), -2, 2),
        ["abs"] = (x => x.Abs(), -2, 2),
        ["reciprocal"] = (x => 3f / x, 0.3, 3),
        // Beyond these ends of tanh and gelu, 1 - y² cancels: backends that keep y in float are off by units of rounding of 1, not of the small rest.
        ["tanh"] = (x => x.Tanh(), -2.5, 2.5),
        ["tanh near zero"] = (x => x.Tanh(), -1e-2, 1e-2),
        ["relu"] = (x => x.Relu(), -2, 2),
        ["sigmoid"] = (x => x.Sigmoid(), -6, 6),
        ["silu"] = (x => x.Silu(), -6, 6),
        ["gelu"] = (x => x.Gelu(), -3, 3),
        ["softplus"] = (x => x.Softplus(), -6, 6),
        ["sin"] = (x => x.Sin(), -7, 7),
        ["cos"] = (x => x.Cos(), -7, 7),
        ["clamp"] = (x => x.Clamp(-0.7f, 0.9f), -2, 2),
        ["log1p"] = (x => x.Log1p(), -0.8, 5),
        ["log1p near zero"] = (x => x.Log1p() * 100f, -1e-2, 1e-2),
        ["expm1"] = (x => x.Expm1(), -3, 3),
        ["expm1 near zero"] = (x => x.Expm1() * 100f, -1e-2, 1e-2),
        ["erf"] = (x => x.Erf(), -2.5, 2.5),
        ["log-gamma"] = (x => x.LogGamma(), 0.2, 12),
        ["digamma"] = (x => x.Digamma(), 0.4, 12),
        ["log-sigmoid"] = (x => x.LogSigmoid(), -6, 6),
        ["power 2.5"] = (x => x.Power(2.5f), 0.2, 3),
        ["power -0.7"] = (x => x.Power(-0.7f), 0.3, 3),
        ["leaky relu"] = (x => x.LeakyRelu(0.2f), -2, 2),
        ["elu"] = (x => x.Elu(1.3f), -3, 3),
        ["selu"] = (x => x.Selu(), -3, 3),
        ["huber"] = (x => x.Huber(0.8f), -2, 2),
        ["sign"] = (x => x.Sign() * x, -2, 2),
        ["add a number"] = (x => x + 0.3f, -2, 2),
        ["add to a number"] = (x => 0.3f + x, -2, 2),
        ["subtract a number"] = (x => x - 0.3f, -2, 2),
        ["subtract from a number"] = (x => 0.3f - x, -2, 2),
        ["multiply by a number"] = (x => x * -1.7f, -2, 2),
        ["multiply a number"] = (x => -1.7f * x, -2, 2),
        ["divide by a number"] = (x => x / 3f, -2, 2),
    };

    private static readonly Gen<int[]> Shapes = Gen.OneOf(
        Gen.OneOf(0, 1, 3, 15, 16, 17, 33, 65).Select(n => new[] { n }),
        Gen.Int[0, 4].Array[0, 5]);

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Unary_OddSizes_AgreesWithTheReference(string name)
    {
        var (function, low, high) = Functions[name];
        foreach (var shape in new Shape[] { new(1), new(3), new(15), new(16), new(17), new(33), new(65), new(3, 5, 7), new(2, 1, 3, 2, 2), new([]) })
        {
            var inputs = new OracleInputs((ulong)shape.Count, low, high, shape);
            var report = Oracle.Check(() => function(inputs[0]), inputs.Parameters);
            Assert.Equal(shape.Count, report.Values);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Unary_NoElements_GivesNoElements(string name)
    {
        var inputs = new OracleInputs(1, new Shape(3, 0, 2));
        Oracle.Check(() => Functions[name].Function(inputs[0]), inputs.Parameters);
    }

    [Fact]
    public void Unary_RandomShapes_AgreesWithTheReference() =>
        Gen.Select(Gen.OneOf([.. Functions.Keys]), Shapes, Gen.ULong).ForCases(150, drawn =>
        {
            var (name, shape, key) = drawn;
            var (function, low, high) = Functions[name];
            var inputs = new OracleInputs(key, low, high, new Shape(shape));
            Oracle.Check(() => function(inputs[0]), inputs.Parameters, maximumDifferences: 8);
        });

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AbsAndRelu_AtZero_HaveDerivativeZero(string backend)
    {
        Assert.Equal([-1, 0, 1], Backends.GradientOfSum(backend, [-2, 0, 2], x => x.Abs()));
        Assert.Equal([0, 0, 1], Backends.GradientOfSum(backend, [-2, 0, 2], x => x.Relu()));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Clamp_OnTheBorders_HasDerivativeOne(string backend) =>
        Assert.Equal([0, 1, 1, 1, 0], Backends.GradientOfSum(backend, [-1.5f, -1, 0, 2, 2.5f], x => x.Clamp(-1, 2)));

    [Fact]
    public void Clamp_ReversedOrNotANumber_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var x = Tensor.Filled(1, 3);
        Assert.Throws<ArgumentException>(() => x.Clamp(1, 0));
        Assert.Throws<ArgumentException>(() => x.Clamp(float.NaN, 0));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Exponentials_LargeArguments_SaturateWithoutNaN(string backend)
    {
        float[] extreme = [-200, -100, 100, 200];
        Assert.Equal([0, 0, float.PositiveInfinity, float.PositiveInfinity], Backends.Values(backend, extreme, x => x.Exp()), (a, b) => a == b || Math.Abs(a - b) < 1e-37f);
        Assert.Equal([-1, -1, 1, 1], Backends.Values(backend, extreme, x => x.Tanh()));
        Assert.Equal([0, 0, 1, 1], Backends.Values(backend, extreme, x => x.Sigmoid()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 100, 200], Backends.Values(backend, extreme, x => x.Softplus()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 100, 200], Backends.Values(backend, extreme, x => x.Silu()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 100, 200], Backends.Values(backend, extreme, x => x.Gelu()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 1, 1], Backends.GradientOfSum(backend, extreme, x => x.Softplus()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 1, 1], Backends.GradientOfSum(backend, extreme, x => x.Gelu()), (a, b) => Math.Abs(a - b) < 1e-37f);
        Assert.Equal([0, 0, 0, 0], Backends.GradientOfSum(backend, extreme, x => x.Tanh()));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LogAndSqrt_OutsideTheirDomain_AreAsDocumented(string backend)
    {
        Assert.Equal([float.NaN, float.NegativeInfinity, 0], Backends.Values(backend, [-1, 0, 1], x => x.Log()));
        Assert.Equal([float.NaN, 0, 1], Backends.Values(backend, [-1, 0, 1], x => x.Sqrt()));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LogGammaAndDigamma_KnownValues_AreTheirs(string backend)
    {
        // gamma(1) = gamma(2) = 1, gamma(1/2) = sqrt(pi), gamma(5) = 24; digamma(1) = -gamma, digamma(1/2) = -gamma - 2 ln 2; trigamma(1) = pi^2 / 6.
        const double Euler = 0.57721566490153286;
        Assert.Equal([0, 0, (float)(Math.Log(Math.PI) / 2), (float)Math.Log(24)], Backends.Values(backend, [1, 2, 0.5f, 5], x => x.LogGamma()), (a, b) => Math.Abs(a - b) < 3e-7);
        Assert.Equal([(float)-Euler, (float)(-Euler - 2 * Math.Log(2))], Backends.Values(backend, [1, 0.5f], x => x.Digamma()), (a, b) => Math.Abs(a - b) < 3e-7);
        Assert.Equal([(float)-Euler, (float)(1 - Euler)], Backends.GradientOfSum(backend, [1, 2], x => x.LogGamma()), (a, b) => Math.Abs(a - b) < 3e-7);
        Assert.Equal([(float)(Math.PI * Math.PI / 6)], Backends.GradientOfSum(backend, [1], x => x.Digamma()), (a, b) => Math.Abs(a - b) < 3e-7);
        Assert.Equal([float.PositiveInfinity, float.NaN, float.NaN, float.PositiveInfinity], Backends.Values(backend, [0, -1, float.NaN, float.PositiveInfinity], x => x.LogGamma()));
        Assert.Equal([float.NegativeInfinity, float.NaN, float.NaN, float.PositiveInfinity], Backends.Values(backend, [0, -1, float.NaN, float.PositiveInfinity], x => x.Digamma()));
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Power_AtItsEnds_IsAsDocumented(string backend)
    {
        float[] x = [0, 1, float.PositiveInfinity];
        Assert.Equal([0, 1, float.PositiveInfinity], Backends.Values(backend, x, t => t.Power(0.3f)));
        Assert.Equal([float.PositiveInfinity, 1, 0], Backends.Values(backend, x, t => t.Power(-3)));
        Assert.Equal([1, 1, 1], Backends.Values(backend, x, t => t.Power(0)));
        Assert.True(float.IsNaN(Backends.Values(backend, [-2], t => t.Power(0.5f))[0]));
        Assert.Equal([0, 0], Backends.GradientOfSum(backend, [0, 2], t => t.Power(0)));
        Assert.Equal([1, 1], Backends.GradientOfSum(backend, [0, 2], t => t.Power(1)));
        Assert.Equal([0, 4], Backends.GradientOfSum(backend, [0, 2], t => t.Power(2)), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Bends_AtTheirCorner_HaveTheDocumentedDerivative(string backend)
    {
        Assert.Equal([0.2f, 0.2f, 1], Backends.GradientOfSum(backend, [-1, 0, 1], x => x.LeakyRelu(0.2f)));
        Assert.Equal([-0.5f, -0.5f, 0, 0.5f, 0.5f], Backends.GradientOfSum(backend, [-3, -0.5f, 0, 0.5f, 3], x => x.Huber(0.5f)));
        Assert.Equal([1.375f, 0.125f, 0, 1.375f], Backends.Values(backend, [-3, 0.5f, 0, 3], x => x.Huber(0.5f)));
        Assert.Equal([-1, 0, 1], Backends.Values(backend, [-3, 0, 1e-30f], x => x.Sign()));
        Assert.Equal([0, 0, 0], Backends.GradientOfSum(backend, [-3, 0, 1e-30f], x => x.Sign()));
    }

    [Fact]
    public void Parameters_OutsideTheirRange_AreRefused()
    {
        using var step = Step.Begin();
        var x = Tensor.Filled(1, 3);
        Assert.Equal("Huber: the radius is 0; it must be above 0. (Parameter 'radius')", Assert.Throws<ArgumentOutOfRangeException>(() => x.Huber(0)).Message);
        Assert.Equal("Power: the exponent is NaN; it must be finite. (Parameter 'exponent')", Assert.Throws<ArgumentOutOfRangeException>(() => x.Power(float.NaN)).Message);
    }

    [Fact]
    public void SineAndCosine_LargeArguments_StayAccurate()
    {
        // Rounding the argument is not the function's fault: both sides get the same float. Thousands of radians occur in pendulums that spin.
        var inputs = new OracleInputs(5, -3000, 3000, new Shape(257));
        Oracle.Check(() => inputs[0].Sin() + 2 * inputs[0].Cos(), inputs.Parameters, maximumDifferences: 0);
    }
}
