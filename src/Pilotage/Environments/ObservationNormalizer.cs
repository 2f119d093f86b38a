using System.Buffers;

namespace Pilotage.Environments;

/// <summary>Brings each component of an observation to mean 0 and variance 1 by what was seen so far. A learned policy carries it, so that it acts on raw frames.</summary>
/// <remarks>
/// y = clip((x - mean) / sqrt(variance + 1e-8), ±clip): the constants of OpenAI Baselines' VecNormalize, which the field's libraries share. Learns only in
/// <see cref="Update"/>; <see cref="Apply"/> changes nothing and may run on several threads while nobody updates.
/// </remarks>
public sealed class ObservationNormalizer : ISaved
{
    private const double VarianceFloor = 1e-8;          // keeps a component that never moved from dividing by zero
    private readonly float _clip;
    private readonly double[] _scale;                   // 1 / sqrt(variance + floor): recomputed once per update, not per frame

    /// <summary>Begins without knowledge: until the first update frames pass unchanged but for the clip.</summary>
    /// <param name="size">Numbers per observation, at least 1.</param>
    /// <param name="clip">Largest magnitude of a normalised component, above 0, in standard deviations.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1, or <paramref name="clip"/> is not above 0.</exception>
    public ObservationNormalizer(int size, float clip = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!(clip > 0)) throw new ArgumentOutOfRangeException(nameof(clip), clip, "The clip must be above 0.");
        _clip = clip;
        _scale = new double[size];
        Moments = new(size);
        Rescale();
    }

    /// <summary>Numbers per observation.</summary>
    public int Size => Moments.Size;

    /// <summary>Largest magnitude of a normalised component, in standard deviations.</summary>
    public float Clip => _clip;

    /// <summary>What was seen so far.</summary>
    public RunningMoments Moments { get; }

    /// <summary>Learns from the active rows of raw frames.</summary>
    /// <param name="frames">Raw observations of <see cref="Size"/> numbers.</param>
    /// <exception cref="ArgumentException">Observations have another size.</exception>
    public void Update(FrameBatch frames)
    {
        for (var row = 0; row < frames.Rows; row++) if (frames.IsActive(row)) Moments.Add(frames.Observation(row));
        Rescale();
    }

    /// <summary>Normalises observations by what was seen so far.</summary>
    /// <param name="raw">Row-major [rows, <see cref="Size"/>].</param>
    /// <param name="normalized">Receives as many numbers; may be the same memory as <paramref name="raw"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of <see cref="Size"/>.</exception>
    public void Apply(ReadOnlySpan<float> raw, Span<float> normalized)
    {
        if (raw.Length != normalized.Length || raw.Length % Size != 0)
        {
            throw new ArgumentException($"Observations of {raw.Length} numbers cannot be normalised into {normalized.Length} by a normaliser of {Size} components.", nameof(normalized));
        }
        var mean = Moments.Mean;
        for (var start = 0; start < raw.Length; start += mean.Length)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                normalized[start + i] = Math.Clamp((float)((raw[start + i] - mean[i]) * _scale[i]), -_clip, _clip);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => Moments.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Moments.Load(ref reader);
        Rescale();
    }

    internal void Restore(long count, ReadOnlySpan<double> mean, ReadOnlySpan<double> squaredDeviations)
    {
        Moments.Restore(count, mean, squaredDeviations);
        Rescale();
    }

    private void Rescale()
    {
        for (var i = 0; i < _scale.Length; i++) _scale[i] = 1 / Math.Sqrt(Moments.Variance(i) + VarianceFloor);
    }
}
