using System.Buffers;

namespace Pilotage.Environments;

/// <summary>A vector environment seen through running normalisation of observations, scaling of rewards, or both. Actions pass unchanged.</summary>
/// <remarks>
/// Learns from the frames to act on (first frames of episodes included), then transforms them and the true final frames by the same statistics. Several
/// environments may share a normaliser: freeze all but the one that learns. Saving includes the inner environment and the statistics. Not thread-safe.
/// </remarks>
public sealed class NormalizedEnvironment : IVectorEnvironment
{
    private readonly float[] _observations;
    private readonly float[] _finalObservations;
    private readonly float[] _rewards;
    private readonly float[] _rawRewards;
    private readonly ObservationNormalizer? _known;     // of a rollout that was just played, while its moments are learned; null where each step is learned from

    /// <summary>Wraps an environment; begins no new episode.</summary>
    /// <param name="inner">The raw environment; step it through this object only.</param>
    /// <param name="observations">Normalises observations; <see langword="null"/> leaves them raw.</param>
    /// <param name="rewards">Scales rewards; <see langword="null"/> leaves them raw.</param>
    /// <param name="isFrozen">Whether the statistics stay as they are, as in evaluation.</param>
    /// <exception cref="ArgumentException">A normaliser has another size than the environment.</exception>
    public NormalizedEnvironment(IVectorEnvironment inner, ObservationNormalizer? observations, RewardScaler? rewards, bool isFrozen = false)
        : this(inner, observations, rewards, isFrozen, isHeld: false) { }

    internal NormalizedEnvironment(IVectorEnvironment inner, ObservationNormalizer? observations, RewardScaler? rewards, bool isFrozen, bool isHeld)
    {
        if (observations is not null && observations.Size != inner.Spec.ObservationSize)
        {
            throw new ArgumentException($"The normaliser has {observations.Size} components, observations of {inner.Spec.Name} have {inner.Spec.ObservationSize}.", nameof(observations));
        }
        if (rewards is not null && rewards.Rows != inner.Rows)
        {
            throw new ArgumentException($"The reward scaler has {rewards.Rows} rows, the environment {inner.Rows}.", nameof(rewards));
        }
        (Inner, Observations, RewardScaler, IsFrozen) = (inner, observations, rewards, isFrozen);
        if (isHeld && observations is not null) _known = new(observations.Size, observations.Clip);
        _observations = new float[inner.Rows * inner.Spec.ObservationSize];
        _finalObservations = new float[_observations.Length];
        (_rewards, _rawRewards) = (new float[inner.Rows], new float[inner.Rows]);
        TakeFrames();
    }

    /// <summary>What a learner does with its two settings: wraps an environment in new statistics, or leaves it as it is.</summary>
    /// <param name="environment">Raw.</param>
    /// <param name="observations">Whether observations are normalised.</param>
    /// <param name="rewards">Whether rewards are scaled.</param>
    /// <param name="discount">Of the return whose deviation scales rewards.</param>
    /// <param name="isHeld">Whether the observations' moments learn from a whole rollout at its end instead of at each step.</param>
    internal static IVectorEnvironment Around(IVectorEnvironment environment, bool observations, bool rewards, double discount, bool isHeld = false) => observations || rewards
        ? new NormalizedEnvironment(
            environment, observations ? new(environment.Spec.ObservationSize) : null, rewards ? new(environment.Rows, discount) : null, isFrozen: false, isHeld)
        : environment;

    /// <summary>The raw environment.</summary>
    public IVectorEnvironment Inner { get; }

    /// <summary>The observation statistics, for the policy to carry; <see langword="null"/> if observations are raw.</summary>
    public ObservationNormalizer? Observations { get; }

    /// <summary>The reward statistics; <see langword="null"/> if rewards are raw.</summary>
    public RewardScaler? RewardScaler { get; }

    /// <summary>Whether the statistics stay as they are, as in evaluation. Frames and rewards are transformed all the same.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether the observations' moments stand still until <see cref="LearnFrom"/>: whoever plays some of the rows then sees what all see.</summary>
    internal bool IsHeld => _known is not null;

    /// <summary>The last step's rewards in the problem's own unit, one per row: what returns are reported in. Valid until the next step.</summary>
    public ReadOnlySpan<float> RawRewards => _rawRewards;

    /// <inheritdoc/>
    public EnvironmentSpec Spec => Inner.Spec;

    /// <inheritdoc/>
    public int Rows => Inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => WithObservations(Inner.Frames, _observations);

    /// <inheritdoc/>
    public void Reset()
    {
        Inner.Reset();
        RewardScaler?.ResetReturns();
        TakeFrames();
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var raw = Inner.Step(actions);
        raw.Rewards.CopyTo(_rawRewards);
        raw.Rewards.CopyTo(_rewards);
        if (RewardScaler is not null)
        {
            if (!IsFrozen) RewardScaler.Update(raw.Rewards, raw.Ends);
            RewardScaler.Apply(raw.Rewards, _rewards);
        }
        TakeFrames();                                   // learns first, so that final frames see the same statistics as the others
        var finals = _finalObservations.AsSpan(0, raw.FinalFrames.Observations.Length);
        Transform(raw.FinalFrames.Observations, finals);
        return new(_rewards, raw.Ends, raw.EndedRows, WithObservations(raw.FinalFrames, finals));
    }

    /// <summary>Learns from the raw observations of a rollout, in their order, normalises them by what was known before, and shows the frames to act on by what is known now.</summary>
    /// <param name="observations">[steps, rows, size].</param>
    internal void LearnFrom(Span<float> observations)
    {
        if (_known is null || Observations is null) throw new InvalidOperationException("These moments learn at each step.");
        var moments = Observations.Moments;
        _known.Restore(moments.Count, moments.Mean, moments.SquaredDeviations);
        if (!IsFrozen) Observations.Update(new(observations.Length / Observations.Size, observations));
        _known.Apply(observations, observations);
        ShowFrames();
    }

    /// <summary>Transforms the inner environment's frames, which were loaded, by what is known.</summary>
    internal void ShowFrames() => Transform(Inner.Frames.Observations, _observations);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        Inner.Save(writer);
        Observations?.Save(writer);
        RewardScaler?.Save(writer);
        writer.Write<float>(_observations);             // shared statistics may have moved on since these were made
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Inner.Load(ref reader);
        Observations?.Load(ref reader);
        RewardScaler?.Load(ref reader);
        reader.ReadInto<float>(_observations);
    }

    private void TakeFrames()
    {
        if (Observations is not null && !IsFrozen && !IsHeld) Observations.Update(Inner.Frames);
        ShowFrames();
    }

    private void Transform(ReadOnlySpan<float> raw, Span<float> transformed)
    {
        if (Observations is null) raw.CopyTo(transformed);
        else Observations.Apply(raw, transformed);
    }

    private static FrameBatch WithObservations(FrameBatch frames, ReadOnlySpan<float> observations) => new(frames.Rows, observations, frames.Legal, frames.Active);
}
