using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

public sealed class ElementChunksTests
{
    [Theory]
    [InlineData(2, Activation.Relu)]
    [InlineData(3, Activation.Silu)]
    [InlineData(2, Activation.Elu)]
    public void Updates_LargeEnsembleOnSeveralThreads_HaveTheBitsOfOne(int threads, Activation activation)
    {
        // 97,000 weights and 122,880 activations a layer: members' products, activations both ways, Adam and averaging are all shared out.
        float[] Run(Device device)
        {
            var random = new Randomness(5);
            var (parameters, slow) = (new Parameters(device), new Parameters(device));
            var ensemble = new EnsembleMlp(parameters, "q", 3, 40, [160, 160], 1, activation, 1, ref random);
            _ = new EnsembleMlp(slow, "q", 3, 40, [160, 160], 1, activation, 1, ref random);
            var adam = new Adam(parameters, 1e-3);
            var x = Enumerable.Range(0, 256 * 40).Select(i => MathF.Sin(i)).ToArray();
            for (var update = 0; update < 3; update++)
            {
                using var step = Step.Begin(device);
                adam.Descend((ensemble.Forward(Tensor.From(x, 256, 40)) - 1).Square().Mean());
                slow.BlendFrom(parameters, 0.1f);
            }
            return [.. parameters.Values, .. slow.Values];
        }

        Assert.Equal(Run(Device.Managed), Run(Device.Processor(threads)));
    }
}
