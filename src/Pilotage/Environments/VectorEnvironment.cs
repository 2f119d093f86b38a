using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pilotage.Environments.Drawing;

namespace Pilotage.Environments;

/// <summary>Lifts a scalar environment, struct or class, to rows that step together, with same-step autoreset and true final frames.</summary>
/// <typeparam name="T">The environment. A struct is called without boxing; one without references is saved as its bytes.</typeparam>
/// <remarks>
/// Each row draws from its own branch, <c>seeds.Environments.Branch(row)</c>, so a row's episodes do not depend on how many rows there are. Masks arrive all
/// true and observations all NaN at each fill, so a component that an environment forgets to write is found. Box actions are not clipped: what an action
/// outside the box does is the environment's own, documented affair. All rows are always active. Allocates nothing per step. Not thread-safe.
/// </remarks>
public sealed class VectorEnvironment<T> : IDrawableRows, ISavedRows where T : IEnvironment
{
    private readonly T[] _instances;
    private readonly EnvironmentContract _contract;
    private readonly Randomness[] _random;
    private readonly int _limit;
    private readonly int _size;
    private readonly int _maskWidth;
    private readonly int _indexCount;
    private readonly int _valueCount;
    private readonly float[] _observations;             // [rows, size]
    private readonly bool[] _legal;                     // [rows, mask width]
    private readonly int[] _steps;                      // of each row's running episode
    private readonly float[] _rewards;
    private readonly End[] _ends;
    private readonly int[] _endedRows;
    private readonly int[] _endedSteps;                 // length of each episode that ended
    private readonly float[] _finalObservations;        // [ended, size]
    private readonly bool[] _finalLegal;                // [ended, mask width]

    /// <summary>Lifts instances and begins the first episode in every row.</summary>
    /// <param name="instances">One per row, at least one; owned by this object from now on.</param>
    /// <param name="seeds">The run's (or the evaluation's) node; row i takes <c>seeds.Environments.Branch(i)</c>.</param>
    /// <param name="timeLimit">Steps after which an episode is truncated, instead of the environment's own limit; <see langword="null"/> keeps that one.</param>
    /// <exception cref="ArgumentException"><paramref name="instances"/> is empty.</exception>
    /// <exception cref="RunFailedException">The environment's description is impossible, or a first frame breaks the contract.</exception>
    public VectorEnvironment(T[] instances, SeedTree seeds, int? timeLimit = null)
        : this(instances, seeds, timeLimit is null ? T.Describe() : T.Describe() with { TimeLimit = timeLimit }) { }

    /// <summary>Lifts instances under another description: a registered variant with its own name and limit, or none.</summary>
    /// <param name="instances">One per row, at least one; owned by this object from now on.</param>
    /// <param name="seeds">The run's (or the evaluation's) node; row i takes <c>seeds.Environments.Branch(i)</c>.</param>
    /// <param name="spec">Replaces the environment's own description; sizes must be the ones that the instances fill.</param>
    /// <exception cref="ArgumentException"><paramref name="instances"/> is empty.</exception>
    /// <exception cref="RunFailedException">The description is impossible, or a first frame breaks the contract.</exception>
    public VectorEnvironment(T[] instances, SeedTree seeds, EnvironmentSpec spec)
    {
        if (instances.Length == 0) throw new ArgumentException("A vector environment needs at least one instance.", nameof(instances));
        (_instances, Spec, Rows) = (instances, spec, instances.Length);
        _contract = new(spec, Rows);
        _limit = spec.TimeLimit ?? int.MaxValue;
        (_size, _maskWidth, _indexCount, _valueCount) = (spec.ObservationSize, spec.Actions.LegalCount, spec.Actions.IndexCount, spec.Actions.ValueCount);
        _random = new Randomness[Rows];
        for (var row = 0; row < Rows; row++) _random[row] = seeds.Environments.Branch(row).Start();
        (_observations, _finalObservations) = (new float[Rows * _size], new float[Rows * _size]);
        (_legal, _finalLegal) = (new bool[Rows * _maskWidth], new bool[Rows * _maskWidth]);
        (_steps, _endedRows, _endedSteps) = (new int[Rows], new int[Rows], new int[Rows]);
        (_rewards, _ends) = (new float[Rows], new End[Rows]);
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _observations, _legal);

    /// <summary>Whether <see cref="Save"/> works: the environment implements <see cref="ISaved"/> or holds no references.</summary>
    public bool IsSaveable => typeof(ISaved).IsAssignableFrom(typeof(T)) || !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    /// <inheritdoc/>
    /// <exception cref="RunFailedException">A first frame breaks the contract.</exception>
    public void Reset()
    {
        ClearFrames();
        for (var row = 0; row < Rows; row++) _instances[row].Reset(FrameOf(row), ref _random[row]);
        _steps.AsSpan().Clear();
        _contract.CheckFrames(_observations, _legal, _steps, [], []);
    }

    /// <inheritdoc/>
    /// <exception cref="RunFailedException">
    /// The policy chose an action that the space or the mask does not allow, the batch has the wrong shape, or the environment gave a number that is not
    /// finite, left a component unwritten, or a mask without a legal action.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Transition Step(ActionBatch actions)
    {
        _contract.CheckActions(actions, _legal, _steps);
        ReadOnlySpan<int> indices = actions.Indices;
        ReadOnlySpan<float> values = actions.Values;
        ClearFrames();
        var ended = 0;
        for (var row = 0; row < _instances.Length; row++)
        {
            var action = new AgentAction(indices.Slice(row * _indexCount, _indexCount), values.Slice(row * _valueCount, _valueCount));
            var outcome = _instances[row].Step(action, FrameOf(row), ref _random[row]);
            var end = outcome.End;
            if (++_steps[row] >= _limit && end == End.Running) end = End.Truncated;
            _rewards[row] = outcome.Reward;
            _ends[row] = end;
            if (end != End.Running) Finish(row, ended++);
        }
        var endedRows = _endedRows.AsSpan(0, ended);
        var finals = new FrameBatch(ended, _finalObservations.AsSpan(0, ended * _size), _finalLegal.AsSpan(0, ended * _maskWidth));
        _contract.CheckRewards(_rewards, _steps, endedRows, _endedSteps);
        if (ended > 0) _contract.CheckFrames(finals.Observations, finals.Legal, _endedSteps, endedRows, _ends);
        _contract.CheckFrames(_observations, _legal, _steps, [], []);
        return new(_rewards, _ends, endedRows, finals);
    }

    /// <inheritdoc/>
    public bool IsDrawable => typeof(IDrawable).IsAssignableFrom(typeof(T));

    /// <inheritdoc/>
    public void Draw(int row, Scene scene)
    {
        if (_instances[row] is not IDrawable drawable) throw new NotSupportedException($"{Spec.Name} does not draw itself: it does not implement IDrawable.");
        scene.Clear();
        drawable.Draw(scene);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The environment holds references and does not implement <see cref="ISaved"/>; see <see cref="IsSaveable"/>.</exception>
    public void Save(IBufferWriter<byte> writer) => SaveRows(writer, 0, Rows);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The environment holds references and does not implement <see cref="ISaved"/>; see <see cref="IsSaveable"/>.</exception>
    public void Load(ref SequenceReader<byte> reader) => LoadRows(ref reader, 0, Rows);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The environment holds references and does not implement <see cref="ISaved"/>; see <see cref="IsSaveable"/>.</exception>
    public void SaveRows(IBufferWriter<byte> writer, int first, int count)
    {
        ThrowIfNotSaveable();
        writer.Write<float>(_observations.AsSpan(first * _size, count * _size));
        writer.Write<bool>(_legal.AsSpan(first * _maskWidth, count * _maskWidth));
        writer.Write<int>(_steps.AsSpan(first, count));
        foreach (ref var random in _random.AsSpan(first, count)) random.Save(writer);
        if (typeof(ISaved).IsAssignableFrom(typeof(T)))
        {
            for (var row = first; row < first + count; row++) ((ISaved)_instances[row]).Save(writer);
        }
        else writer.Write<byte>(InstanceBytes(first, count));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The environment holds references and does not implement <see cref="ISaved"/>; see <see cref="IsSaveable"/>.</exception>
    public void LoadRows(ref SequenceReader<byte> reader, int first, int count)
    {
        ThrowIfNotSaveable();
        reader.ReadInto(_observations.AsSpan(first * _size, count * _size));
        reader.ReadInto(_legal.AsSpan(first * _maskWidth, count * _maskWidth));
        reader.ReadInto(_steps.AsSpan(first, count));
        foreach (ref var random in _random.AsSpan(first, count)) random.Load(ref reader);
        if (typeof(ISaved).IsAssignableFrom(typeof(T)))
        {
            for (var row = first; row < first + count; row++)
            {
                var saved = (ISaved)_instances[row];
                saved.Load(ref reader);
                _instances[row] = (T)saved;             // a struct was boxed: bring the loaded copy home
            }
        }
        else reader.ReadInto(InstanceBytes(first, count));
    }

    private void Finish(int row, int place)
    {
        _endedRows[place] = row;
        _endedSteps[place] = _steps[row];
        _steps[row] = 0;
        var frame = FrameOf(row);
        frame.Observation.CopyTo(_finalObservations.AsSpan(place * _size));
        frame.Legal.CopyTo(_finalLegal.AsSpan(place * _maskWidth));
        frame.Observation.Fill(float.NaN);
        frame.Legal.Fill(value: true);
        _instances[row].Reset(frame, ref _random[row]);
    }

    private void ClearFrames()
    {
        _observations.AsSpan().Fill(float.NaN);
        _legal.AsSpan().Fill(value: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Frame FrameOf(int row) => new(_observations.AsSpan(row * _size, _size), _legal.AsSpan(row * _maskWidth, _maskWidth));

    private Span<byte> InstanceBytes(int first, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref _instances[first]), count * Unsafe.SizeOf<T>());

    private void ThrowIfNotSaveable()
    {
        if (IsSaveable) return;
        throw new NotSupportedException(
            $"{Spec.Name} cannot be saved in the middle of an episode, so its runs resume only at episode borders: {typeof(T).Name} holds references and does not " +
            "implement ISaved. Implement ISaved on it, or make it a struct without references.");
    }
}
