using System.Buffers;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>Each optimiser against its paper's box in double, and its state saved and restored.</summary>
public sealed class OptimizerTests
{
    private const int Count = 37;

    [Theory]
    [InlineData(0.0, 1e-8)]
    [InlineData(0.0, 1e-5)]
    [InlineData(0.1, 1e-8)]
    public void Adam_OverAHundredUpdates_EqualsTheBoxInDouble(double weightDecay, double epsilon)
    {
        var (parameters, x, targets) = Problem();
        var optimizer = weightDecay > 0 ? new AdamW(parameters, 3e-3, weightDecay, epsilon: epsilon) : new Adam(parameters, 3e-3, epsilon: epsilon);
        var (values, m, s) = (x.Values.ToArray().Select(v => (double)v).ToArray(), new double[Count], new double[Count]);
        for (var t = 1; t <= 100; t++)
        {
            Descend(optimizer, x, targets, null);
            for (var i = 0; i < Count; i++)
            {
                // The gradient is taken where the optimiser stood, so that rounding does not add up through the loss.
                var g = (double)x.Gradient[i];
                m[i] = 0.9 * m[i] + 0.1 * g;
                s[i] = 0.999 * s[i] + 0.001 * g * g;
                values[i] -= 3e-3 * weightDecay * values[i];
                values[i] -= 3e-3 * m[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(s[i] / (1 - Math.Pow(0.999, t))) + epsilon);
            }
        }
        // Relative: between 2 and 4 a float32 value rounds by 1.2e-7 a hundred times.
        for (var i = 0; i < Count; i++) Assert.Equal(values[i], x.Values[i], 1e-6 * Math.Max(1, Math.Abs(values[i])));
        Assert.Equal(0, parameters.Values[Count]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Sgd_OverAHundredUpdates_EqualsItsFormulaInDouble(double momentum)
    {
        var (parameters, x, targets) = Problem();
        var optimizer = new Sgd(parameters, 1e-2, momentum);
        var (values, velocity) = (x.Values.ToArray().Select(v => (double)v).ToArray(), new double[Count]);
        for (var t = 1; t <= 100; t++)
        {
            Descend(optimizer, x, targets, null);
            for (var i = 0; i < Count; i++)
            {
                velocity[i] = momentum * velocity[i] + x.Gradient[i];
                values[i] -= 1e-2 * velocity[i];
            }
        }
        for (var i = 0; i < Count; i++) Assert.Equal(values[i], x.Values[i], 1e-5);
    }

    [Theory]
    [InlineData(0.99, 1e-5)]
    [InlineData(0.9, 1e-2)]
    public void RmsProp_OverAHundredUpdates_EqualsItsFormulaInDouble(double decay, double epsilon)
    {
        var (parameters, x, targets) = Problem();
        var optimizer = new RmsProp(parameters, 1e-3, decay, epsilon);
        var (values, square) = (x.Values.ToArray().Select(v => (double)v).ToArray(), new double[Count]);
        for (var t = 1; t <= 100; t++)
        {
            Descend(optimizer, x, targets, null);
            for (var i = 0; i < Count; i++)
            {
                var g = (double)x.Gradient[i];
                square[i] = decay * square[i] + (1 - decay) * g * g;
                values[i] -= 1e-3 * g / (Math.Sqrt(square[i]) + epsilon);
            }
        }
        for (var i = 0; i < Count; i++) Assert.Equal(values[i], x.Values[i], 2e-6 * Math.Max(1, Math.Abs(values[i])));
        Assert.Equal(0, parameters.Values[Count]);
    }

    [Fact]
    public void RmsProp_FirstUpdate_StepsByTheRateOverTheRootOfTheGain()
    {
        // s = 0.01 g², so the step is rate g / (0.1 |g|): ten times the rate, whatever the gradient's size; with epsilon under the root it would be less.
        var (parameters, x, targets) = Problem();
        var before = x.Values.ToArray();
        Descend(new RmsProp(parameters, 1e-3, 0.99, epsilon: 1e-12), x, targets, 0.25f);
        for (var i = 0; i < Count; i++) Assert.Equal(before[i] - 0.01f * Math.Sign(x.Gradient[i]), x.Values[i], 1e-6f);
    }

    [Fact]
    public void Descend_AboveTheLimit_ScalesTheWholeGradientToIt()
    {
        var (parameters, x, targets) = Problem();
        var before = x.Values.ToArray();
        var report = Descend(new Sgd(parameters, 1), x, targets, 0.25f);
        var (norm, moved) = (0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            norm += (double)x.Gradient[i] * x.Gradient[i];
            moved += Math.Pow(x.Values[i] - before[i], 2);
        }
        Assert.Equal(Math.Sqrt(norm), report.GradientNorm, 1e-5);
        Assert.True(report.GradientNorm > 0.25);
        Assert.Equal(0.25, Math.Sqrt(moved), 1e-5);
    }

    [Fact]
    public void Descend_BelowTheLimit_LeavesTheGradient()
    {
        var (first, x, targets) = Problem();
        var (second, y, _) = Problem();
        Descend(new Sgd(first, 0.1), x, targets, 1e6f);
        Descend(new Sgd(second, 0.1), y, targets, null);
        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("momentum")]
    [InlineData("rmsprop")]
    public void Optimizer_SavedAndLoaded_ContinuesBitForBit(string kind)
    {
        var (parameters, x, targets) = Problem();
        var optimizer = Make(kind, parameters);
        for (var i = 0; i < 5; i++) Descend(optimizer, x, targets, 1);
        optimizer.LearningRate = 5e-4;
        var writer = new ArrayBufferWriter<byte>();
        optimizer.Save(writer);

        var (copy, y, _) = Problem();
        parameters.Values.CopyTo(copy.Values);
        var restored = Make(kind, copy);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        restored.Load(ref reader);
        Assert.True(reader.End);
        Assert.Equal(5, restored.Updates);
        for (var i = 0; i < 5; i++)
        {
            Descend(optimizer, x, targets, 1);
            Descend(restored, y, targets, 1);
        }
        Assert.Equal(parameters.Values.ToArray(), copy.Values.ToArray());
    }

    [Fact]
    public void Norm_OfAnyLength_EqualsTheSumInDouble()
    {
        var random = new Randomness(8);
        foreach (var length in new[] { 0, 1, 15, 16, 31, 32, 33, 1000 })
        {
            var values = new float[length];
            foreach (ref var value in values.AsSpan()) value = (float)random.NextNormal();
            Assert.Equal(Math.Sqrt(values.Sum(v => (double)v * v)), OptimizerKernels.Norm(values), 1e-5);
        }
    }

    /// <summary>A clipped gradient is the gradient of a loss that is smaller by the same factor, over updates whose factors differ.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("rmsprop")]
    public void Descend_AboveTheLimit_IsDescendingASmallerLoss(string kind)
    {
        var (parameters, x, targets) = Problem();
        var (smaller, y, _) = Problem();
        var (clipped, plain) = (Make(kind, parameters), Make(kind, smaller));
        for (var i = 0; i < 12; i++)
        {
            // From loose to tight and back, so that an optimiser that does not care for the gradient's length remembers other lengths.
            var limit = 0.4f + 3f * (i % 3);
            var norm = Descend(clipped, x, targets, limit).GradientNorm;
            Assert.True(norm > limit);
            Descend(plain, y, targets, null, limit / norm);
        }
        for (var i = 0; i < Count; i++) Assert.Equal(y.Values[i], x.Values[i], 2e-5);          // the gradient rounds once more on either side
    }

    private static Optimizer Make(string kind, Parameters parameters) => kind switch
    {
        "adam" => new Adam(parameters, 1e-2),
        "adamw" => new AdamW(parameters, 1e-2),
        "momentum" => new Sgd(parameters, 1e-2, 0.9),
        "rmsprop" => new RmsProp(parameters, 1e-3),
        _ => new Sgd(parameters, 1e-2),
    };

    private static UpdateReport Descend(Optimizer optimizer, Parameter x, float[] targets, float? limit, float factor = 1)
    {
        using var step = Step.Begin();
        return optimizer.Descend(((Tensor.Of(x) - Tensor.From(targets, Count)).Square().Sum() * 0.5f + Tensor.Of(x).Sin().Sum()) * factor, limit);
    }

    private static (Parameters Parameters, Parameter X, float[] Targets) Problem()
    {
        var random = new Randomness(6);
        var parameters = new Parameters();
        var x = parameters.Add("x", new(Count), new Initializer.Normal(1), ref random);
        var targets = new float[Count];
        foreach (ref var target in targets.AsSpan()) target = (float)random.NextNormal();
        return (parameters, x, targets);
    }
}
