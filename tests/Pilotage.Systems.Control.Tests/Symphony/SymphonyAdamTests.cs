using System.Buffers;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public class SymphonyAdamTests
{
    private static (Parameters Parameters, Parameter Weight) Weights(float value, int count = 37)
    {
        var random = new Randomness(1);
        var parameters = new Parameters();
        return (parameters, parameters.Add("w", new(count), new Initializer.Constant(value), ref random));
    }

    private static void Descend(SymphonyAdam optimizer, Parameter weight, float slope)
    {
        using var step = Step.Begin();
        optimizer.Descend(slope * Tensor.Of(weight).Sum());
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-250f)]
    public void Descend_FirstStepFromZero_IsNotCorrectedForBias(float slope)
    {
        var (parameters, weight) = Weights(0);
        Descend(new(parameters, 1e-3), weight, slope);

        // (1 - b1) / sqrt(1 - b2) = 0.381966 / 0.0707107.
        Assert.All(weight.Values.ToArray(), value => Assert.Equal(-Math.Sign(slope) * 5.40181e-3, value, 1e-8));
    }

    [Fact]
    public void Descend_TwoSteps_AreTheRecursionInDouble()
    {
        var (parameters, weight) = Weights(2);
        var optimizer = new SymphonyAdam(parameters, 0.01);
        var (m, v, p, b1) = (0.0, 0.0, 2.0, (Math.Sqrt(5) - 1) / 2);
        foreach (var slope in new[] { 3f, -1f })
        {
            Descend(optimizer, weight, slope);
            (m, v) = (b1 * m + (1 - b1) * slope, 0.995 * v + 0.005 * slope * slope);
            p -= 0.01 * (m / (Math.Sqrt(v) + 1e-8) + 0.01 * p);
        }
        Assert.All(weight.Values.ToArray(), value => Assert.Equal(p, value, 1e-6));
    }

    [Fact]
    public void Descend_NoGradient_DecaysAlone()
    {
        var (parameters, weight) = Weights(2);
        Descend(new(parameters, 0.1), weight, 0);

        Assert.Equal(2 * (1 - 0.1 * 0.01), weight.Values[36], 1e-6);
    }

    [Fact]
    public void Load_OfWhatWasSaved_ContinuesBitForBit()
    {
        var (parameters, weight) = Weights(1);
        var optimizer = new SymphonyAdam(parameters, 0.01);
        Descend(optimizer, weight, 3);
        var (writer, values) = (new ArrayBufferWriter<byte>(), weight.Values.ToArray());
        optimizer.Save(writer);
        Descend(optimizer, weight, -1);

        var (others, other) = Weights(0);
        values.CopyTo(other.Values);
        var resumed = new SymphonyAdam(others, 0.5);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        Descend(resumed, other, -1);

        Assert.Equal(weight.Values.ToArray(), other.Values.ToArray());
        Assert.Equal(0, reader.Remaining);
    }
}
