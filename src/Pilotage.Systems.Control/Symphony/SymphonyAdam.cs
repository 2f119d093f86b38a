using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Adam without bias correction, with decoupled weight decay and a short memory of the mean gradient: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g², p -= rate (m / (sqrt(v) + 1e-8) + 0.01 p).</summary>
/// <remarks>
/// Source: the authors' code of arXiv:2512.10477. b1 = (sqrt(5) - 1) / 2, b2 = 0.995. As both moments begin at 0 and are not corrected, the first step is (1 - b1) / sqrt(1 - b2) = 5.4
/// times the rate. Elements do not depend on each other, so width and threads change no bit.
/// </remarks>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size, above 0.</param>
internal sealed class SymphonyAdam(Parameters parameters, double learningRate) : Optimizer(parameters, learningRate)
{
    /// <summary>The golden ratio's smaller part, (sqrt(5) - 1) / 2.</summary>
    public static readonly double FirstDecay = (Math.Sqrt(5) - 1) / 2;

    private const double SecondDecay = 0.995;
    private const double WeightDecay = 0.01;
    private const float Epsilon = 1e-8f;
    private readonly float[] _mean = new float[parameters.Values.Length];                 // m
    private readonly float[] _square = new float[parameters.Values.Length];               // v

    /// <inheritdoc/>
    protected override int StateCount => 2;

    /// <inheritdoc/>
    public override void Save(IBufferWriter<byte> writer)
    {
        base.Save(writer);
        writer.Write<float>(_mean);
        writer.Write<float>(_square);
    }

    /// <inheritdoc/>
    public override void Load(ref SequenceReader<byte> reader)
    {
        base.Load(ref reader);
        reader.ReadInto<float>(_mean);
        reader.ReadInto<float>(_square);
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale)
    {
        var (decay1, gain1) = (Vector512.Create((float)FirstDecay), Vector512.Create((float)(1 - FirstDecay)));
        var (decay2, gain2) = (Vector512.Create((float)SecondDecay), Vector512.Create((float)(1 - SecondDecay)));
        var (rate, decay, scale) = (Vector512.Create((float)LearningRate), Vector512.Create((float)(LearningRate * WeightDecay)), Vector512.Create(gradientScale));
        var p = MemoryMarshal.Cast<float, Vector512<float>>(values);                      // the length is a multiple of sixteen
        var g = MemoryMarshal.Cast<float, Vector512<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector512<float>>(_mean.AsSpan());
        var v = MemoryMarshal.Cast<float, Vector512<float>>(_square.AsSpan());
        for (var i = 0; i < p.Length; i++)
        {
            var slope = g[i] * scale;
            m[i] = Vector512.FusedMultiplyAdd(m[i], decay1, slope * gain1);
            v[i] = Vector512.FusedMultiplyAdd(v[i], decay2, slope * slope * gain2);
            p[i] -= Vector512.FusedMultiplyAdd(p[i], decay, rate * m[i] / (Vector512.Sqrt(v[i]) + Vector512.Create(Epsilon)));
        }
    }
}
