using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Dropout_AnySize_MatchesTheReference(int size)
    {
        var inputs = new OracleInputs(1, new Shape(size));
        Oracle.Check(() => Drop(inputs[0], 0.3f), inputs.Parameters);
        Oracle.Check(() => Drop(inputs[0], 0.7f) + inputs[0] * 2, inputs.Parameters);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Dropout_ManyElements_DropsItsShareAndKeepsTheMean(float rate)
    {
        const int Count = 100_000;
        using var step = Step.Begin(gradient: Gradient.None);
        var values = Backends.Values(Drop(Tensor.Filled(1, Count), rate));
        // Five standard deviations of a binomial share.
        Assert.Equal(rate, values.Count(value => value == 0) / (double)Count, 5 * Math.Sqrt(rate * (1 - rate) / Count));
        Assert.All(values, value => Assert.True(value == 0 || value == 1 / (1 - rate)));
    }

    [Fact]
    public void Dropout_PartOfATensor_FallsAsInTheWhole()
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var whole = Backends.Values(Drop(Tensor.Filled(1, 333), 0.5f));
        var part = Backends.Values(Drop(Tensor.Filled(1, 5, 10), 0.5f));
        Assert.Equal(whole[..50], part);
    }

    [Fact]
    public void Dropout_Checkpointed_HasTheBitsOfThePlainFunction()
    {
        var inputs = new OracleInputs(3, new Shape(50));
        float[] Gradient(Func<Tensor> function)
        {
            using var step = Step.Begin();
            inputs.Parameters.ClearGradients();
            Backends.Backward(function().Square().Sum(), inputs.Parameters);
            return inputs.Parameters.Gradients.ToArray();
        }
        Assert.Equal(Gradient(() => Drop(inputs[0], 0.4f)), Gradient(() => inputs[0].Checkpoint(x => Drop(x, 0.4f))));
    }

    [Fact]
    public void Dropout_EachCall_TakesOneDraw()
    {
        var random = new Randomness(7);
        using var step = Step.Begin(gradient: Gradient.None);
        var x = Tensor.Filled(1, 100);
        var (first, second) = (Backends.Values(x.Dropout(0.5f, ref random)), Backends.Values(x.Dropout(0.5f, ref random)));
        Assert.Equal(2UL, random.Counter);
        Assert.NotEqual(first, second);
        Assert.Equal(Backends.Values(x), Backends.Values(x.Dropout(0, ref random)));
        Assert.Equal(3UL, random.Counter);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Dropout_RateOutsideItsRange_IsRefused(float rate)
    {
        using var step = Step.Begin();
        var x = Tensor.Filled(1, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Drop(x, rate));
        Assert.Equal(FormattableString.Invariant($"Dropout: the rate is {rate}; it must be in [0, 1). (Parameter 'rate')"), error.Message);
    }

    private static Tensor Drop(Tensor x, float rate)
    {
        var random = new Randomness(11);
        return x.Dropout(rate, ref random);
    }
}
