using System.Buffers;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>Adam: steps along the mean gradient divided by the root of its mean square. No weight decay; see <see cref="AdamW"/>.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size α, above 0; usual 1e-4 to 1e-3.</param>
/// <param name="firstDecay">β1, in [0, 1): memory of the mean gradient.</param>
/// <param name="secondDecay">β2, in [0, 1): memory of the mean square.</param>
/// <param name="epsilon">Added to the root of the unbiased mean square; larger values damp steps of parameters with tiny gradients.</param>
/// <remarks>Kingma and Ba, arXiv:1412.6980, Algorithm 1, with its default decays. The state of a run is both moments.</remarks>
public class Adam(Parameters parameters, double learningRate, double firstDecay = 0.9, double secondDecay = 0.999, double epsilon = 1e-8)
    : Optimizer(parameters, learningRate)
{
    private readonly AlignedBuffer _first = new(parameters.Values.Length);
    private readonly AlignedBuffer _second = new(parameters.Values.Length);

    /// <inheritdoc/>
    protected override int StateCount => 2;

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer)
    {
        base.Save(writer);
        writer.Write<float>(_first.Memory.Span);
        writer.Write<float>(_second.Memory.Span);
    }

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader)
    {
        base.Load(ref reader);
        reader.ReadInto(_first.Memory.Span);
        reader.ReadInto(_second.Memory.Span);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale) => Update(values, gradient, gradientScale, 0);

    private protected void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale, double weightDecay) =>
        ElementChunks.Adam(values, gradient, _first.Memory.Span, _second.Memory.Span,
            new AdamPass(LearningRate, firstDecay, secondDecay, epsilon, weightDecay, Updates, gradientScale), Parameters.Device.Workers);
}
