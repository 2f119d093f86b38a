using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>The life of a step on the managed device: handles, nesting, allocation, bits, failures.</summary>
public sealed class ManagedTapeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(70)]
    public void Linear_OfOneRow_HasTheBitsOfThatRowInABatch(int outputs)
    {
        var (parameters, weight, bias) = Layer(19, outputs);
        var random = new Randomness(3);
        var inputs = Numbers(67 * 19, ref random);
        var batch = new float[67 * outputs];
        Forward(inputs, 67, weight, bias, batch);
        var alone = new float[outputs];
        for (var row = 0; row < 67; row++)
        {
            Forward(inputs.AsSpan(row * 19, 19), 1, weight, bias, alone);
            Assert.Equal(batch[(row * outputs)..((row + 1) * outputs)], alone);
        }
        Assert.Equal(19 * outputs + outputs, parameters.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void LogSoftmax_OfOneRow_HasTheBitsOfThatRowInABatch(int columns)
    {
        var random = new Randomness(4);
        var logits = Numbers(37 * columns, ref random);
        var legal = new bool[37 * columns];
        for (var i = 0; i < legal.Length; i++) legal[i] = i % columns == 0 || random.NextInt(3) > 0;
        var batch = new float[37 * columns];
        using (Step.Begin()) Tensor.From(logits, 37, columns).LogSoftmax(Mask.From(legal, 37, columns)).CopyTo(batch);
        var alone = new float[columns];
        for (var row = 0; row < 37; row++)
        {
            using (Step.Begin()) Tensor.From(logits.AsSpan(row * columns, columns), 1, columns).LogSoftmax(Mask.From(legal.AsSpan(row * columns, columns), 1, columns)).CopyTo(alone);
            Assert.Equal(batch[(row * columns)..((row + 1) * columns)], alone);
            var sum = 0.0;
            for (var c = 0; c < columns; c++)
                if (legal[row * columns + c]) sum += Math.Exp(alone[c]);
                else Assert.Equal(float.MinValue, alone[c]);
            Assert.Equal(1, sum, 1e-5);
        }
    }

    [Fact]
    public void Update_InSteadyState_AllocatesNothing()
    {
        var (parameters, weight, bias) = Layer(8, 5);
        var optimizer = new Adam(parameters, 1e-3);
        var random = new Randomness(1);
        var inputs = Numbers(32 * 8, ref random);
        var picks = new int[32];
        Assert.Equal(0, Allocations.Fewest(Update, repetitions: 20));

        void Update()
        {
            using var step = Step.Begin();
            var x = Tensor.From(inputs, 32, 8);
            var logits = x.Linear(weight, bias, Activation.Tanh);
            var chosen = logits.LogSoftmax().Gather(Indices.From(picks, 32));
            var spread = (logits - logits.Mean(1).Reshape(32, 1)).Square().Sum(0);
            optimizer.Descend(Tensor.Minimum(chosen, chosen.Clamp(-1, 1)).Mean() + spread.LogSumExp() + Tensor.Concat(0, chosen, spread).Max(), 0.5f);
        }
    }

    [Fact]
    public void Tensor_OfAnEndedStep_ThrowsAndNamesItsOperation()
    {
        Tensor stale;
        using (Step.Begin()) stale = Tensor.From([1, 2], 2).Tanh();
        Assert.Contains("Tanh", Assert.Throws<ObjectDisposedException>(() => stale.Shape).Message, StringComparison.Ordinal);
        using (Step.Begin())
        {
            var other = Tensor.From([1, 2], 2).Exp().Sqrt();
            Assert.Equal(2, other.Shape.Count);
            Assert.Contains("Tanh", Assert.Throws<ObjectDisposedException>(() => stale + other).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Linear_OfAnEndedStep_IsNamedWithItsWeight()
    {
        var (_, weight, bias) = Layer(2, 3);
        Tensor stale;
        using (Step.Begin()) stale = Tensor.From([1, 2], 1, 2).Linear(weight, bias);
        Assert.Contains("Linear(layer.weight)", Assert.Throws<ObjectDisposedException>(() => stale.Exp()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_Nested_HaveTheirOwnTensors()
    {
        using var outer = Step.Begin();
        var x = Tensor.From([1, 2, 3], 3);
        using (Step.Begin(gradient: Gradient.None))
        {
            var y = Tensor.From([5f, 6, 7], 3).Sum();
            Assert.Equal(18, y.Item());
            Assert.Throws<InvalidOperationException>(() => x + y);
        }
        Assert.Equal(6, x.Sum().Item());
    }

    [Fact]
    public void Descend_WithANaN_NamesTheGuiltyOperationAndUpdatesNothing()
    {
        var (parameters, weight, bias) = Layer(2, 3);
        var optimizer = new Adam(parameters, 1e-3);
        var before = parameters.Values.ToArray();
        var failure = Assert.Throws<RunFailedException>(() =>
        {
            using var step = Step.Begin();
            optimizer.Descend((Tensor.From([1, 2], 1, 2).Linear(weight, bias) - 100f).Log().Mean());
        });
        Assert.Contains("Log", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, parameters.Values.ToArray());
        Assert.Equal(0, optimizer.Updates);

        weight.Values[0] = float.NaN;
        failure = Assert.Throws<RunFailedException>(() =>
        {
            using var step = Step.Begin();
            optimizer.Descend(Tensor.From([1, 2], 1, 2).Linear(weight, bias, Activation.Relu).Square().Mean());
        });
        Assert.Contains("Linear(layer.weight)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descend_OnWhatIsNoScalar_IsRefused()
    {
        var (parameters, weight, bias) = Layer(2, 3);
        Assert.Throws<ArgumentException>(() =>
        {
            using var step = Step.Begin();
            new Sgd(parameters, 1).Descend(Tensor.From([1, 2], 1, 2).Linear(weight, bias));
        });
    }

    [Fact]
    public void Descend_InAStepWithoutGradients_IsRefused()
    {
        var (parameters, weight, bias) = Layer(2, 3);
        Assert.Throws<InvalidOperationException>(() =>
        {
            using var step = Step.Begin(gradient: Gradient.None);
            new Sgd(parameters, 1).Descend(Tensor.From([1, 2], 1, 2).Linear(weight, bias).Sum());
        });
    }

    [Fact]
    public void Descend_ThroughWeightsThatWereUpdatedSince_IsRefused()
    {
        var random = new Randomness(1);
        var parameters = new Parameters();
        var (first, second) = (parameters.Add("first", new(2, 3), new Initializer.FanIn(), ref random), parameters.Add("second", new(3, 1), new Initializer.FanIn(), ref random));
        var optimizer = new Sgd(parameters, 0.1);
        var failure = Assert.Throws<InvalidOperationException>(() =>
        {
            using var step = Step.Begin();
            var loss = Tensor.From([1, 2], 1, 2).Linear(first, null).Linear(second, null).Sum();
            optimizer.Descend(loss);
            optimizer.Descend(loss);
        });
        Assert.Contains("second", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_OfOneSet_LeavesOtherSetsAlone()
    {
        var random = new Randomness(1);
        var (actor, critic) = (new Parameters(), new Parameters());
        var a = actor.Add("actor.weight", new(2, 4), new Initializer.FanIn(), ref random);
        var c = critic.Add("critic.weight", new(4, 1), new Initializer.FanIn(), ref random);
        using var step = Step.Begin();
        new Sgd(actor, 0.1).Descend(Tensor.From([1, 2, 3, 4], 2, 2).Linear(a, null, Activation.Tanh).Linear(c, null).Mean());
        Assert.Contains(a.Gradient.ToArray(), g => g != 0);
        Assert.All(c.Gradient.ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Mask_WithARowWithoutLegalElements_IsRefusedByRow()
    {
        using var step = Step.Begin();
        var logits = Tensor.From(new float[6], 2, 3);
        var mask = Mask.From([true, false, true, false, false, false], 2, 3);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => logits.LogSoftmax(mask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gather_OutsideTheAxis_NamesIndexAndPlace()
    {
        using var step = Step.Begin();
        var x = Tensor.From(new float[6], 2, 3);
        var index = Indices.From([0, 3], 2);
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(index)).Message;
        Assert.Contains("index 3 at place 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_ThatOutgrowsItsArena_KeepsEarlierValues()
    {
        using var step = Step.Begin();
        var first = Tensor.Filled(3, 1000);
        var sum = first.Sum();
        for (var i = 0; i < 40; i++) sum += Tensor.Filled(1, 20_000).Mean();
        Assert.Equal(3000 + 40, sum.Item(), 1e-2);
        Assert.Equal(3000, first.Sum().Item());
    }

    [Fact]
    public void NaN_GoesThroughLimitsAndExtremes()
    {
        using var step = Step.Begin();
        var x = Tensor.From([float.NaN, 1, 2], 3);
        Assert.True(float.IsNaN(x.Max().Item()));
        foreach (var y in new[] { x.Relu(), x.Clamp(-1, 1), Tensor.Minimum(x, x * 2f), Tensor.Maximum(x, -x), x.Tanh(), x.Exp(), x.Abs() })
            Assert.True(float.IsNaN(y.Slice(0, 0, 1).Item()));
    }

    private static void Forward(ReadOnlySpan<float> inputs, int rows, Parameter weight, Parameter bias, float[] outputs)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        Tensor.From(inputs, rows, weight.Shape[0]).Linear(weight, bias, Activation.Tanh).CopyTo(outputs);
    }

    private static (Parameters Parameters, Parameter Weight, Parameter Bias) Layer(int inputs, int outputs)
    {
        var random = new Randomness(2);
        var parameters = new Parameters();
        return (parameters, parameters.Add("layer.weight", new(inputs, outputs), new Initializer.FanIn(), ref random),
            parameters.Add("layer.bias", new(outputs), new Initializer.Normal(1), ref random));
    }

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }
}
