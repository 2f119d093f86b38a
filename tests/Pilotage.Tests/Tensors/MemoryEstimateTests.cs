using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class MemoryEstimateTests
{
    private readonly Parameters _parameters = new();
    private Randomness _random = new(5);

    public static TheoryData<string> Cases => ["mlp", "silu", "broadcast", "columns", "reductions", "chain", "views", "checkpoint", "normalised", "large"];

    [Theory, MemberData(nameof(Cases))]
    public void OfStep_OneStep_IsWhatTheStepTakes(string name)
    {
        var loss = Case(name);
        var estimate = MemoryEstimate.OfStep(loss, _parameters);
        Assert.InRange(estimate, (long)(0.9 * Measure(loss)), (long)(1.1 * Measure(loss)));
    }

    [Fact]
    public void OfStep_Checkpointed_IsLess()
    {
        Func<Tensor, Tensor>[] blocks = [Layers("a"), Layers("b"), Layers("c"), Layers("d"), Layers("e")];
        var x = new float[2000 * 64];
        long Estimate(bool checkpoint) => MemoryEstimate.OfStep(() =>
        {
            var y = Tensor.From(x, 2000, 64);
            foreach (var block in blocks) y = checkpoint ? y.Checkpoint(block) : block(y);
            return y.Sum();
        }, _parameters);
        Assert.True(Estimate(checkpoint: true) < 0.5 * Estimate(checkpoint: false));
    }

    [Fact]
    public void OfStep_Parameters_AreUntouched()
    {
        var loss = Case("mlp");
        float[] before = [.. _parameters.Values];
        MemoryEstimate.OfStep(loss, _parameters);
        Assert.Equal(before, _parameters.Values.ToArray());
        Assert.All(_parameters.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
    }

    /// <summary>On a thread of its own, whose steps own nothing yet.</summary>
    private long Measure(Func<Tensor> loss)
    {
        var bytes = 0L;
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var step = Step.Begin();
                Backends.Backward(loss(), _parameters);
            }
            bytes = MemoryEstimate.MeasuredSteps;
        });
        thread.Start();
        thread.Join();
        return bytes;
    }

    private Func<Tensor, Tensor> Layers(string name)
    {
        var network = new Mlp(_parameters, name, 64, [64, 64, 64, 64, 64, 64], 64, Activation.Gelu, 1, ref _random);
        return network.Forward;
    }

    private Func<Tensor> Case(string name)
    {
        var network = new Mlp(_parameters, "net", 17, [65, 130], 12, name == "silu" ? Activation.Silu : Activation.Tanh, 1, ref _random);
        var row = _parameters.Add("row", new(12), new Initializer.Constant(0.5f), ref _random);
        var rows = name == "large" ? 60_000 : 900;
        var x = new float[rows * 17];
        var legal = new bool[rows * 12];
        Array.Fill(legal, true);
        return () =>
        {
            var y = network.Forward(Tensor.From(x, rows, 17));
            return name switch
            {
                "broadcast" => ((y + Tensor.Of(row)) * (Tensor.Of(row) - y)).Mean() + Tensor.Where(y.IsGreater(Tensor.Of(row)), y, Tensor.Of(row)).Sum(),
                "columns" => ((y - y.Mean(1).Reshape(rows, 1)) / (y.Square().Sum(1).Reshape(rows, 1) + 1f) * y.Reshape(rows / 4, 4, 12).Sum(1).Reshape(rows / 4, 1, 12).Expand(rows / 4, 4, 12).Reshape(rows, 12)).Sum(),
                "reductions" => (y.Reshape(rows / 4, 4, 12).Sum(0, 2).Square().Sum() + y.LogSumExp(-1).Mean() + y.Max(0).Sum()),
                "chain" => (y.Exp().Tanh().Square() * y.Sigmoid() + y.Softplus()).Sum(),
                "views" => Tensor.Concat(0, y.Transpose().Slice(0, 2, 5), y.Transpose().Slice(0, 0, 6)).Reshape(-1).Square().Mean(),
                "checkpoint" => y.Checkpoint(z => (z * Tensor.Of(row)).Exp().Tanh()).Mean(),
                "normalised" => y.LayerNorm(Tensor.Of(row)).LogSoftmax(Mask.From(legal, rows, 12)).Max(-1).Mean() + y.MatMulTransposed(y.Slice(0, 0, 40)).Mean(),
                _ => y.Square().Mean(),
            };
        };
    }
}
