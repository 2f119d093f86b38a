using System.Buffers;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>RMSProp: steps along the gradient divided by the root of its mean square. Not centred, no momentum.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size, above 0; usual 1e-4 to 1e-2.</param>
/// <param name="decay">Memory of the mean square, in [0, 1).</param>
/// <param name="epsilon">Added to the root, not under it; larger values damp steps of parameters with tiny gradients.</param>
/// <remarks>
/// Tieleman and Hinton, "Lecture 6.5: RMSProp", 2012: s = decay s + (1 - decay) g²; v -= rate g / (sqrt(s) + epsilon), with s beginning at 0 and the epsilon where
/// the widely used libraries have it. The mean square is not made unbiased, so the first steps are 1 / sqrt(1 - decay) times as long. The state of a run is s.
/// </remarks>
public sealed class RmsProp(Parameters parameters, double learningRate, double decay = 0.99, double epsilon = 1e-8) : Optimizer(parameters, learningRate)
{
    private readonly AlignedBuffer _square = new(parameters.Values.Length);

    /// <inheritdoc/>
    protected override int StateCount => 1;

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer)
    {
        base.Save(writer);
        writer.Write<float>(_square.Memory.Span);
    }

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader)
    {
        base.Load(ref reader);
        reader.ReadInto(_square.Memory.Span);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale) =>
        OptimizerKernels.RootMeanSquare(values, gradient, _square.Memory.Span, gradientScale, (float)decay, (float)(1 - decay), (float)epsilon, (float)LearningRate);
}
