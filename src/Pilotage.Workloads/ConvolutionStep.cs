using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>Forward and backward pass and update of two 3 by 3 convolutions of 32 channels on 16 by 16 images, as in a residual block: the second one's input wants a gradient, too.</summary>
public sealed class ConvolutionStep : IWorkload
{
    private const int Side = 16;
    private const int Channels = 32;
    private readonly int _batch;
    private readonly Device _device;
    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer _second;
    private readonly Sgd _optimizer;
    private readonly float[] _images;

    /// <summary>Makes the layers and the images from a fixed seed.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public ConvolutionStep(int batch, Device? device = null)
    {
        var random = new Randomness(13);
        (_batch, _device) = (batch, device ?? Device.Managed);
        _first = new(Parameters, "first", Channels, Channels, 3, ref random, padding: 1, activation: Activation.Relu);
        _second = new(Parameters, "second", Channels, Channels, 3, ref random, padding: 1);
        _optimizer = new(Parameters, 1e-3);
        _images = new float[batch * Side * Side * Channels];
        foreach (ref var number in _images.AsSpan()) number = (float)random.NextNormal();
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public double Flops => 5 * 2.0 * _batch * Side * Side * 9 * Channels * Channels;

    /// <inheritdoc/>
    public Tensor Loss() => _second.Forward(_first.Forward(Tensor.From(_images, _batch, Side, Side, Channels))).Square().Mean();

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using var step = Step.Begin(_device);
        return _optimizer.Descend(Loss());
    }
}
