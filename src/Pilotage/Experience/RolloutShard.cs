using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Experience;

/// <summary>A worker's side of a rollout: plays some of its rows. What it writes depends on the task and on the named weights alone, so a lost result is computed again, anywhere.</summary>
/// <remarks>Rows have the bits that they have in the whole rollout: networks compute each row alone, and draws of the rows beside are skipped. Not thread-safe: one for each thread.</remarks>
public sealed class RolloutShard
{
    private readonly ISavedRows _rows;
    private readonly IVectorEnvironment _environment;
    private readonly NormalizedEnvironment? _normalized;
    private readonly IRolloutActor _actor;
    private readonly IReadOnlyList<Parameters> _weights;
    private readonly RecurrentMemory? _memory;
    private readonly long[] _versions;
    private readonly Rollout _rollout;
    private readonly ActionBatch _actions;
    private readonly PhaseClock _clock = new();

    /// <param name="environment">As many rows as a piece has; their state does not matter.</param>
    /// <param name="horizon">T.</param>
    /// <param name="actor">Plays.</param>
    /// <param name="weights">The actor's, in the order of <see cref="RolloutTask.Versions"/>.</param>
    /// <param name="memory">The actor's, if it remembers.</param>
    /// <param name="normalizes">Whether it acts on observations that are normalised by moments which came with the last weights.</param>
    internal RolloutShard(
        IVectorEnvironment environment, int horizon, IRolloutActor actor, IReadOnlyList<Parameters> weights, RecurrentMemory? memory = null, bool normalizes = false)
    {
        _rows = environment as ISavedRows ?? throw new ArgumentException($"Rows of {environment.Spec.Name} cannot be played apart.", nameof(environment));
        if (normalizes) _normalized = new(environment, new(environment.Spec.ObservationSize), rewards: null, isFrozen: true, isHeld: true);
        _environment = (IVectorEnvironment?)_normalized ?? environment;
        (_actor, _weights, _memory) = (actor, weights, memory);
        _versions = new long[weights.Count];
        Array.Fill(_versions, -1);
        _rollout = new(horizon, environment);
        _actions = new(environment.Spec.Actions, environment.Rows);
    }

    /// <summary>Rows that it plays at a time.</summary>
    public int Rows => _rows.Rows;

    /// <summary>Plays a piece.</summary>
    /// <param name="task">Of <see cref="Rows"/> rows.</param>
    /// <param name="weights">Gives the weights of a version; asked for those alone that the last task did not name.</param>
    /// <param name="result">Receives the piece of the rollout and the state that its rows end with.</param>
    /// <exception cref="InvalidDataException">The task was made by another learner, or for another number of rows.</exception>
    /// <exception cref="RunFailedException">The environment or the policy broke its contract.</exception>
    public void Play(RolloutTask task, Func<long, ReadOnlyMemory<byte>> weights, IBufferWriter<byte> result)
    {
        if (task.Rows != Rows || task.Versions.Count != _weights.Count)
            throw new InvalidDataException($"A task of {task.Rows} rows and {task.Versions.Count} sets of weights came to a worker for {Rows} and {_weights.Count}.");
        for (var i = 0; i < _weights.Count; i++) if (_versions[i] != task.Versions[i]) LoadWeights(i, task.Versions[i], weights);
        var (random, beside) = LoadState(task);
        try
        {
            Sampler.Play(_actor, _environment, ref random, beside, _actions, _rollout, episodes: null, _clock);
        }
        catch (RunFailedException failure) when (beside != default)
        {
            throw new RunFailedException($"{failure.Message} (Row 0 there is row {task.First} of the learner: {Rows} of its {beside.Before + Rows + beside.Behind} rows were played together.)", failure);
        }
        RolloutPiece.Write(_rollout, result);
        random.Save(result);
        _rows.SaveRows(result, 0, Rows);
        _memory?.SaveRows(result, 0, Rows);
    }

    private void LoadWeights(int place, long version, Func<long, ReadOnlyMemory<byte>> weights)
    {
        _versions[place] = -1;                                            // until they are whole
        var reader = new SequenceReader<byte>(new(weights(version)));
        reader.ReadInto(_weights[place].Values);
        if (place == _weights.Count - 1) _normalized?.Observations!.Load(ref reader);
        _versions[place] = version;
    }

    private (Randomness Random, RowsBeside Beside) LoadState(RolloutTask task)
    {
        var reader = new SequenceReader<byte>(new(task.State));
        var all = (int)reader.ReadLong();
        var random = new Randomness();
        random.Load(ref reader);
        _rows.LoadRows(ref reader, 0, Rows);
        _memory?.LoadRows(ref reader, 0, Rows);
        if (reader.Remaining > 0) throw new InvalidDataException($"A task of {_rows.Spec.Name} is {reader.Remaining} bytes longer than a worker's state.");
        _normalized?.ShowFrames();
        return (random, new(task.First, all - task.First - Rows));
    }
}
