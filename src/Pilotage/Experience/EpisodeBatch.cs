using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Experience;

/// <summary>Whole episodes of several rows, step by step. Grows to the longest batch and keeps that memory.</summary>
/// <remarks>While it is filled it is [T, N, …], with flags for the steps that count; <see cref="Close"/> moves those to the front, [M, …], in their order.</remarks>
/// <param name="environment">Gives N and the sizes.</param>
internal sealed class EpisodeBatch(IVectorEnvironment environment)
{
    private readonly EnvironmentSpec _spec = environment.Spec;
    private float[] _observations = [];
    private bool[] _legal = [];
    private int[] _actionIndices = [];
    private float[] _actionValues = [];
    private float[] _rewards = [];
    private float[] _finalValues = [];
    private float[] _returns = [];
    private End[] _ends = [];
    private bool[] _counts = [];
    private int _steps;

    /// <summary>N, rows of the environment.</summary>
    public int Rows => environment.Rows;

    /// <summary>M, steps that count, after <see cref="Close"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held so far.</summary>
    public long Bytes => _rewards.Length * (3L * sizeof(float) + 2 + sizeof(float) * _spec.ObservationSize + _spec.Actions.LegalCount + 4L * (_spec.Actions.IndexCount + _spec.Actions.ValueCount));

    /// <summary>Choices of the running step, [N, choices].</summary>
    public Span<int> ActionIndices => _actionIndices.AsSpan(_steps * Rows * _spec.Actions.IndexCount, Rows * _spec.Actions.IndexCount);

    /// <summary>Real numbers of the running step before scaling and clipping, [N, dimensions].</summary>
    public Span<float> ActionValues => _actionValues.AsSpan(_steps * Rows * _spec.Actions.ValueCount, Rows * _spec.Actions.ValueCount);

    /// <summary>V of the true last frames of rows whose episode this step truncates, [N].</summary>
    public Span<float> FinalValues => _finalValues.AsSpan(_steps * Rows, Rows);

    /// <summary>Return of each step, [T, N] until <see cref="Close"/>, then [M].</summary>
    public Span<float> Returns => _returns.AsSpan(0, Count);

    /// <summary>Observations acted on, [M, size].</summary>
    public Tensor Observations => Tensor.From(_observations.AsSpan(0, Count * _spec.ObservationSize), Count, _spec.ObservationSize);

    /// <summary>Legal actions, [M, count]; no mask where the space has none.</summary>
    public Mask Legal => _spec.Actions.LegalCount == 0 ? default : Mask.From(_legal.AsSpan(0, Count * _spec.Actions.LegalCount), Count, _spec.Actions.LegalCount);

    /// <summary>Chosen indices, [M], or [M, choices] of several; empty for a box.</summary>
    public Indices ChosenIndices => _spec.Actions is ActionSpace.MultiDiscrete or ActionSpace.Composite
        ? Indices.From(_actionIndices.AsSpan(0, Count * _spec.Actions.IndexCount), Count, _spec.Actions.IndexCount)
        : Indices.From(_actionIndices.AsSpan(0, Count * _spec.Actions.IndexCount), Count * _spec.Actions.IndexCount);

    /// <summary>Chosen values, [M, dimensions]; of no dimension for discrete spaces.</summary>
    public Tensor ChosenValues => Tensor.From(_actionValues.AsSpan(0, Count * _spec.Actions.ValueCount), Count, _spec.Actions.ValueCount);

    /// <summary>Makes room for a number of steps over all rows, and takes their count where there is none yet: for planning.</summary>
    public void Reserve(int steps)
    {
        if (_rewards.Length < steps) Grow((steps + Rows - 1) / Rows * Rows);
        if (Count == 0) Count = steps;
    }

    /// <summary>Begins an empty batch.</summary>
    public void Clear() => (_steps, Count) = (0, 0);

    /// <summary>Begins a step: makes room and keeps what is acted on.</summary>
    public void Begin(FrameBatch frames)
    {
        if ((_steps + 1) * Rows > _rewards.Length) Grow(Math.Max(64, 2 * _rewards.Length / Rows) * Rows);
        frames.Observations.CopyTo(_observations.AsSpan(_steps * Rows * _spec.ObservationSize));
        frames.Legal.CopyTo(_legal.AsSpan(_steps * Rows * _spec.Actions.LegalCount));
        FinalValues.Clear();
    }

    /// <summary>Ends the step.</summary>
    /// <param name="rewards">One per row.</param>
    /// <param name="ends">One per row.</param>
    /// <param name="counts">Whether the row's step belongs to an episode of this batch.</param>
    public void End(ReadOnlySpan<float> rewards, ReadOnlySpan<End> ends, ReadOnlySpan<bool> counts)
    {
        rewards.CopyTo(_rewards.AsSpan(_steps * Rows));
        ends.CopyTo(_ends.AsSpan(_steps * Rows));
        counts.CopyTo(_counts.AsSpan(_steps * Rows));
        _steps++;
    }

    /// <summary>Computes the returns and keeps the steps that count.</summary>
    /// <param name="discount">gamma, in [0, 1].</param>
    public void Close(double discount)
    {
        var length = _steps * Rows;
        Credit.DiscountedReturns.Compute(_rewards.AsSpan(0, length), _finalValues.AsSpan(0, length), _ends.AsSpan(0, length), Rows, discount, _returns.AsSpan(0, length));
        for (var i = 0; i < length; i++)
        {
            if (!_counts[i]) continue;
            Move(_observations, i, _spec.ObservationSize);
            Move(_legal, i, _spec.Actions.LegalCount);
            Move(_actionIndices, i, _spec.Actions.IndexCount);
            Move(_actionValues, i, _spec.Actions.ValueCount);
            _returns[Count++] = _returns[i];
        }
    }

    private void Move<T>(T[] values, int from, int width) => values.AsSpan(from * width, width).CopyTo(values.AsSpan(Count * width));

    private void Grow(int length)
    {
        Array.Resize(ref _observations, length * _spec.ObservationSize);
        Array.Resize(ref _legal, length * _spec.Actions.LegalCount);
        Array.Resize(ref _actionIndices, length * _spec.Actions.IndexCount);
        Array.Resize(ref _actionValues, length * _spec.Actions.ValueCount);
        Array.Resize(ref _rewards, length);
        Array.Resize(ref _finalValues, length);
        Array.Resize(ref _returns, length);
        Array.Resize(ref _ends, length);
        Array.Resize(ref _counts, length);
    }
}
