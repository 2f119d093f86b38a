using System.Buffers;

namespace Pilotage.Tensors;

/// <summary>Adam (arXiv:1412.6980, Algorithm 1) with the published libraries' order: epsilon is added after the bias correction.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size, above 0.</param>
public sealed class Adam(Parameters parameters, double learningRate) : Optimizer(parameters, learningRate)
{
    private readonly float[] _means = new float[parameters.Values.Length];
    private readonly float[] _squares = new float[parameters.Values.Length];

    /// <summary>Decay of the running mean of gradients, in [0, 1).</summary>
    public double MeanDecay { get; init; } = 0.9;

    /// <summary>Decay of the running mean of squared gradients, in [0, 1).</summary>
    public double SquareDecay { get; init; } = 0.999;

    /// <summary>Added to the root of the mean square, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer)
    {
        base.Save(writer);
        writer.Write<float>(_means);
        writer.Write<float>(_squares);
    }

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader)
    {
        base.Load(ref reader);
        reader.ReadInto<float>(_means);
        reader.ReadInto<float>(_squares);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale)
    {
        var (b1, b2) = ((float)MeanDecay, (float)SquareDecay);
        var step = (float)(LearningRate / (1 - Math.Pow(MeanDecay, Updates)));
        var root = (float)(1 / Math.Sqrt(1 - Math.Pow(SquareDecay, Updates)));
        var epsilon = (float)Epsilon;
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradient[i] * gradientScale;
            _means[i] = b1 * _means[i] + (1 - b1) * g;
            _squares[i] = b2 * _squares[i] + (1 - b2) * g * g;
            values[i] -= step * _means[i] / (MathF.Sqrt(_squares[i]) * root + epsilon);
        }
    }
}
