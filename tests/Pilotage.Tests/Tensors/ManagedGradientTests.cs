using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>Every operator's gradient against central differences of the managed backend's own values. Coarse: single precision; it finds wrong signs, indices and axes.</summary>
public sealed class ManagedGradientTests
{
    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Function)[] Functions =
    [
        ("add", (x, y) => x + y), ("subtract", (x, y) => x - y), ("multiply", (x, y) => x * y), ("divide", (x, y) => x / (y * y + 1f)),
        ("same", (x, _) => x * x), ("scalar", (x, y) => x * y.Mean()), ("scalar left", (x, y) => x.Mean() - y), ("column", (x, y) => (x * y).Sum(1).Reshape(3, 1) * x),
        ("row", (x, y) => x * y.Mean(0)), ("numbers", (x, _) => 2f - x * 3f + 1f / (x * x + 2f)), ("minimum", (x, y) => Tensor.Minimum(x, y)),
        ("maximum", (x, y) => Tensor.Maximum(x, y)), ("where", (x, y) => Tensor.Where(x.IsGreater(y), x * 2f, y)), ("negate", (x, _) => -x),
        ("exp", (x, _) => x.Exp()), ("log", (x, _) => (x * x + 0.5f).Log()), ("sqrt", (x, _) => (x * x + 0.5f).Sqrt()), ("square", (x, _) => x.Square()),
        ("abs", (x, _) => x.Abs()), ("tanh", (x, _) => x.Tanh()), ("relu", (x, _) => x.Relu()), ("sigmoid", (x, _) => x.Sigmoid()), ("silu", (x, _) => x.Silu()), ("selu", (x, _) => x.Selu()),
        ("gelu", (x, _) => x.Gelu()), ("softplus", (x, _) => x.Softplus()), ("sin", (x, _) => x.Sin()), ("cos", (x, _) => x.Cos()), ("clamp", (x, _) => x.Clamp(-0.7f, 0.9f)), ("matmul", (x, y) => x.MatMulTransposed(y)),
        ("matmul left", (x, y) => x.TransposedMatMul(y)), ("matmul plain", (x, y) => x.MatMul(y.Transpose())), ("sum", (x, y) => x.Sum(0) * y.Sum(0)),
        ("max", (x, _) => x.Max(1)), ("max columns", (x, _) => x.Max(0)), ("logsumexp", (x, _) => x.LogSumExp(1)), ("logsumexp columns", (x, _) => x.LogSumExp(0)),
        ("logsoftmax", (x, y) => x.LogSoftmax() * y), ("softmax", (x, y) => x.Softmax() * y), ("masked logsoftmax", (x, y) => (x.LogSoftmax(Legal()) * y).Gather(Indices.From([0, 2, 4], 3))),
        ("masked softmax", (x, y) => x.Softmax(Legal()) * y), ("gather", (x, _) => x.Gather(Indices.From([4, 0, 2], 3))),
        ("gather wide", (x, _) => x.Gather(Indices.From([2, 0, 0, 1, 1, 2, 2, 2, 1, 0], 2, 5), 0)), ("slice", (x, _) => x.Slice(1, 1, 3)), ("slice rows", (x, y) => x.Slice(0, 1, 2) * y.Slice(0, 0, 2)),
        ("concat", (x, y) => Tensor.Concat(1, x, y * 2f, x)), ("concat rows", (x, y) => Tensor.Concat(0, x, y)), ("reshape", (x, y) => x.Reshape(5, 3).MatMul(y)),
        ("transpose", (x, y) => x.Transpose() * y.Reshape(5, 3)), ("gap", (x, y) => (x.Reshape(3, 5, 1) * y.Reshape(1, 5, 3)).Sum(0, 2)), ("batched", (x, y) => x.Reshape(3, 1, 5).MatMul(y.Reshape(3, 5, 1))),
        ("batched broadcast", (x, y) => x.Reshape(3, 5, 1).MatMul(y.Reshape(1, 15))), ("detach", (x, y) => x * 2f + y), ("mean of last", (x, y) => (x * y).Mean(-1)),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfEachOperator_EqualsCentralDifferences(string name)
    {
        var function = Functions.Single(f => f.Name == name).Function;
        var random = new Randomness(7);
        var parameters = new Parameters();
        var x = parameters.Add("x", new(3, 5), new Initializer.Normal(1), ref random);
        var y = parameters.Add("y", new(3, 5), new Initializer.Normal(1), ref random);
        var weights = new float[4096];
        foreach (ref var weight in weights.AsSpan()) weight = (float)random.NextNormal();

        var optimizer = new Probe(parameters);
        using (Step.Begin()) optimizer.Descend(Loss());
        var gradient = parameters.Gradients.ToArray();

        foreach (var parameter in new[] { x, y })
            for (var i = 0; i < 15; i++)
            {
                const float h = 4e-3f;
                var kept = parameter.Values[i];
                parameter.Values[i] = kept + h;
                var upper = Value();
                parameter.Values[i] = kept - h;
                var lower = Value();
                parameter.Values[i] = kept;
                var expected = (upper - lower) / (2 * h);
                var actual = gradient[(parameter == x ? 0 : 16) + i];
                Assert.True(Math.Abs(expected - actual) <= 2e-2 * (1 + Math.Abs(expected)), $"{parameter.Name}[{i}]: {actual} where differences give {expected}");
            }
        Assert.Equal(0, gradient[15]);
        Assert.Equal(0, gradient[31]);

        Tensor Loss()
        {
            var result = function(Tensor.Of(x), Tensor.Of(y));
            return (result.Reshape(-1) * Tensor.From(weights.AsSpan(0, result.Shape.Count), result.Shape.Count)).Sum();
        }

        double Value()
        {
            using var step = Step.Begin();
            return Loss().Item();
        }
    }

    private static Mask Legal() => Mask.From([true, false, true, true, true, true, true, true, false, true, false, false, true, false, true], 3, 5);

    /// <summary>Leaves the parameters as they are.</summary>
    private sealed class Probe(Parameters parameters) : Optimizer(parameters, 1)
    {
        protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale) { }
    }
}
