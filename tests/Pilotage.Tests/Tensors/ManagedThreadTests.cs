using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>Large operations give the bits of one thread whatever their number; small ones are below what threads are woken for.</summary>
public sealed class ManagedThreadTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Attention_SeveralThreads_SameBits(int threads) => Compare(threads, [new(3, 70, 6, 48), new(3, 70, 2, 48), new(3, 70, 2, 48)],
        x => x[0].Attend(x[1], x[2], causal: true));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Convolution_SeveralThreads_SameBits(int threads, int groups) => Compare(threads, [new(19, 13, 11, 16), new(3, 3, 16 / groups, 24), new(24)],
        x => x[0].Convolve(x[1], x[2], padding: 1, groups: groups));

    [Fact]
    public void Convolution_Depthwise_SameBits() => Compare(2, [new(20, 30, 30, 33), new(3, 3, 1, 33), new(33)], x => x[0].Convolve(x[1], x[2], padding: 1, groups: 33));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Linear_SeveralThreads_SameBits(int threads)
    {
        var parameters = new Parameters();
        var random = new Randomness(3);
        var network = new EnsembleMlp(parameters, "net", 2, 150, [200], 70, Activation.Gelu, 1, ref random);
        var x = new float[300 * 150];
        foreach (ref var number in x.AsSpan()) number = (float)random.NextNormal();
        Assert.Equal(Bits(Device.Managed), Bits(Device.Processor(threads)));

        int[] Bits(Device device)
        {
            using var step = Step.Begin(device);
            parameters.ClearGradients();
            Backends.Backward(network.Forward(Tensor.From(x, 300, 150)).Square().Mean(), parameters);
            return [.. parameters.Gradients.ToArray().Select(BitConverter.SingleToInt32Bits)];
        }
    }

    private static void Compare(int threads, Shape[] shapes, Func<Tensor[], Tensor> function)
    {
        var inputs = new Pilotage.Testing.Reference.OracleInputs(9, shapes);
        Assert.Equal(Bits(Device.Managed), Bits(Device.Processor(threads)));

        int[] Bits(Device device)
        {
            using var step = Step.Begin(device);
            inputs.Parameters.ClearGradients();
            var result = function([.. Enumerable.Range(0, shapes.Length).Select(i => inputs[i])]);
            Backends.Backward(result.Square().Mean(), inputs.Parameters);
            return [.. Backends.Values(result).Concat(inputs.Parameters.Gradients.ToArray()).Select(BitConverter.SingleToInt32Bits)];
        }
    }
}
