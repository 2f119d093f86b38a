using System.Buffers;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>Gradient descent, with heavy-ball momentum where asked for.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size, above 0.</param>
/// <param name="momentum">In [0, 1): 0 for none; else b = momentum b + gradient, and the step follows b.</param>
public sealed class Sgd(Parameters parameters, double learningRate, double momentum = 0) : Optimizer(parameters, learningRate)
{
    private readonly AlignedBuffer _velocity = new(momentum > 0 ? parameters.Values.Length : 0);

    /// <inheritdoc/>
    protected override int StateCount => momentum > 0 ? 1 : 0;

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer)
    {
        base.Save(writer);
        writer.Write<float>(_velocity.Memory.Span);
    }

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader)
    {
        base.Load(ref reader);
        reader.ReadInto(_velocity.Memory.Span);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale)
    {
        if (momentum > 0) OptimizerKernels.Momentum(values, gradient, _velocity.Memory.Span, gradientScale, (float)momentum, (float)LearningRate);
        else OptimizerKernels.Descend(values, gradient, gradientScale, (float)LearningRate);
    }
}
