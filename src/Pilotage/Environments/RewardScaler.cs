using System.Buffers;

namespace Pilotage.Environments;

/// <summary>Divides rewards by the running standard deviation of the discounted return. Subtracts no mean: the sign of a reward is part of the problem.</summary>
/// <remarks>
/// The field's recipe (OpenAI Baselines' VecNormalize): each row keeps R = discount R + reward, all R feed one variance, the reward is divided by
/// sqrt(variance + 1e-8) and clipped, and R begins at 0 again when the row's episode ends. Returns under this scale are not the problem's: report raw ones.
/// </remarks>
public sealed class RewardScaler : ISaved
{
    private const double VarianceFloor = 1e-8;
    private readonly double _discount;
    private readonly float _clip;
    private readonly double[] _returns;

    /// <summary>Begins without knowledge.</summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="discount">Discount of the return, in [0, 1]; usually the learner's own.</param>
    /// <param name="clip">Largest magnitude of a scaled reward, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public RewardScaler(int rows, double discount, float clip = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (!(discount is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        if (!(clip > 0)) throw new ArgumentOutOfRangeException(nameof(clip), clip, "The clip must be above 0.");
        (_discount, _clip, _returns) = (discount, clip, new double[rows]);
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _returns.Length;

    /// <summary>Moments of the discounted returns; one component.</summary>
    public RunningMoments Moments { get; } = new(1);

    /// <summary>Learns from one step of all rows.</summary>
    /// <param name="rewards">Raw rewards, one per row.</param>
    /// <param name="ends">How each row went on.</param>
    /// <exception cref="ArgumentException">A length is not <see cref="Rows"/>.</exception>
    public void Update(ReadOnlySpan<float> rewards, ReadOnlySpan<End> ends)
    {
        if (rewards.Length != Rows || ends.Length != Rows)
        {
            throw new ArgumentException($"{rewards.Length} rewards and {ends.Length} ends were given to a scaler of {Rows} rows.", nameof(rewards));
        }
        for (var row = 0; row < Rows; row++)
        {
            var discounted = _discount * _returns[row] + rewards[row];
            Moments.Add(discounted);
            _returns[row] = ends[row] == End.Running ? discounted : 0;
        }
    }

    /// <summary>Scales rewards by what was seen so far.</summary>
    /// <param name="raw">Raw rewards.</param>
    /// <param name="scaled">Receives as many; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Apply(ReadOnlySpan<float> raw, Span<float> scaled)
    {
        if (raw.Length != scaled.Length) throw new ArgumentException($"{raw.Length} rewards cannot be scaled into {scaled.Length}.", nameof(scaled));
        var scale = 1 / Math.Sqrt(Moments.Variance(0) + VarianceFloor);
        for (var i = 0; i < raw.Length; i++) scaled[i] = Math.Clamp((float)(raw[i] * scale), -_clip, _clip);
    }

    /// <summary>Begins every row's return at 0, as at the beginning of episodes; what was learned stays.</summary>
    public void ResetReturns() => _returns.AsSpan().Clear();

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        Moments.Save(writer);
        writer.Write<double>(_returns);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Moments.Load(ref reader);
        reader.ReadInto<double>(_returns);
    }
}
