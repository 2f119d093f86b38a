using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Experience;

/// <summary>Where a learner's rollouts come from: played by the learner itself, or by workers, some rows each. The bits are the same, and so are checkpoints.</summary>
/// <remarks>
/// The environment here stays what a checkpoint keeps: before a rollout its rows go out with the tasks, afterwards those that came back are put into it. Between two rollouts
/// nothing is in flight. Not thread-safe.
/// </remarks>
public sealed class RolloutSource : ISaved
{
    private readonly IVectorEnvironment _environment;
    private readonly NormalizedEnvironment? _normalized;
    private readonly RecurrentMemory? _memory;
    private readonly ActionBatch _actions;                                               // [N]
    private readonly HashSet<long> _offered = [];
    private Randomness _random;
    private long _sequence;

    /// <param name="environment">N rows; the learner's, normalised or not.</param>
    /// <param name="seeds">Draws the actions.</param>
    /// <param name="memory">What the actor remembers; <see langword="null"/> for nothing.</param>
    internal RolloutSource(IVectorEnvironment environment, SeedTree seeds, RecurrentMemory? memory = null)
    {
        (_environment, _normalized, _memory) = (environment, environment as NormalizedEnvironment, memory);
        _actions = new(environment.Spec.Actions, environment.Rows);
        _random = seeds.Actions.Start();
        Episodes = new(environment.Rows);
    }

    /// <summary>Who plays; <see langword="null"/> for the learner's own thread. May be changed between two iterations.</summary>
    /// <exception cref="UserMistakeException">Rows cannot be played apart; see <see cref="Refusal"/>.</exception>
    public IRolloutWorkers? Workers
    {
        get;
        set
        {
            if (value is not null && Refusal is { } refusal) throw new UserMistakeException(refusal.ToString());
            field = value;
            _offered.Clear();
        }
    }

    /// <summary>Why rows cannot be played apart with the same bits, and what to do; <see langword="null"/> if they can.</summary>
    public Mistake? Refusal
    {
        get
        {
            var inner = _normalized?.Inner ?? _environment;
            if (_normalized is { Observations: not null, IsHeld: false })
                return new(
                    "PIL0218", $"Observations of {inner.Spec.Name} are normalised by moments that learn from all rows at each step, so workers cannot play rows apart.", "",
                    "Set holdNormalization = true: moments then learn at the end of each rollout, with and without workers. Or normalizeObservations = false.");
            return inner is ISavedRows { IsSaveable: true }
                ? null
                : new("PIL0219", $"Rows of {inner.Spec.Name} cannot be saved one by one, so workers cannot play them.", "", "Make it a VectorEnvironment of an environment that implements ISaved or holds no references.");
        }
    }

    /// <summary>Episodes that were played.</summary>
    internal EpisodeStatistics Episodes { get; }

    /// <summary>Fills a rollout: T steps in N rows, going on where the last collection stopped.</summary>
    /// <param name="actor">Plays here, where there are no workers.</param>
    /// <param name="rollout">Overwritten.</param>
    /// <param name="clock">Told what is acting and what is the environment; waiting for workers counts as the environment.</param>
    /// <param name="weights">What the actor computes with, in the order in which a worker's does.</param>
    internal void Collect(IRolloutActor actor, Rollout rollout, PhaseClock clock, params ReadOnlySpan<WeightVersion> weights)
    {
        if (Workers is null)
        {
            Sampler.Collect(actor, _environment, ref _random, _actions, rollout, Episodes, clock);
            return;
        }
        Offer(weights);
        var tasks = Tasks(Workers.Pieces, weights);
        clock.EndAct();
        var ends = new List<Randomness>(tasks.Length);
        Workers.Play(tasks, (task, result) => ends.Add(Take(task, result, rollout)));
        if (ends.Count != tasks.Length || ends.Exists(end => end.Counter != ends[0].Counter)) throw new InvalidDataException("The pieces of a rollout do not end at the same draw.");
        _random = ends[0];
        Learn(rollout);
        clock.EndEnvironment();
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _environment.Save(writer);
        _memory?.Save(writer);
        Episodes.Save(writer);
        _random.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _environment.Load(ref reader);
        _memory?.Load(ref reader);
        Episodes.Load(ref reader);
        _random.Load(ref reader);
        _offered.Clear();
    }

    private void Offer(ReadOnlySpan<WeightVersion> weights)
    {
        var oldest = weights[0].Version;
        _offered.RemoveWhere(version => version < oldest);
        foreach (var (version, parameters) in weights)
        {
            if (!_offered.Add(version)) continue;
            var writer = new ArrayBufferWriter<byte>(sizeof(float) * parameters.Values.Length + 1024);
            writer.Write<float>(parameters.Values);
            if (_normalized is { IsHeld: true }) _normalized.Observations!.Save(writer);
            Workers!.Offer(version, writer.WrittenMemory);
        }
    }

    private RolloutTask[] Tasks(int pieces, ReadOnlySpan<WeightVersion> weights)
    {
        var versions = new long[weights.Length];
        for (var i = 0; i < versions.Length; i++) versions[i] = weights[i].Version;
        var all = _environment.Rows;
        var tasks = new RolloutTask[Math.Clamp(pieces, 1, all)];
        for (var piece = 0; piece < tasks.Length; piece++)
        {
            var first = (int)((long)piece * all / tasks.Length);
            var rows = (int)((piece + 1L) * all / tasks.Length) - first;
            var state = new ArrayBufferWriter<byte>();
            state.Write(all);
            _random.Save(state);
            SavedRows.SaveRows(state, first, rows);
            _memory?.SaveRows(state, first, rows);
            tasks[piece] = new(_sequence, piece, first, rows, versions, state.WrittenMemory);
        }
        _sequence++;
        return tasks;
    }

    private Randomness Take(RolloutTask task, ReadOnlyMemory<byte> result, Rollout rollout)
    {
        var reader = new SequenceReader<byte>(new(result));
        RolloutPiece.ReadInto(ref reader, rollout, task.First, task.Rows);
        var end = new Randomness();
        end.Load(ref reader);
        SavedRows.LoadRows(ref reader, task.First, task.Rows);
        _memory?.LoadRows(ref reader, task.First, task.Rows);
        return reader.Remaining == 0 ? end : throw new InvalidDataException($"A worker's rollout is {reader.Remaining} bytes too long.");
    }

    /// <summary>What a collection by the learner itself does step by step, in the same order.</summary>
    private void Learn(Rollout rollout)
    {
        var scaler = _normalized?.RewardScaler;
        for (var at = 0; at < rollout.Count; at += rollout.Rows)
        {
            var rewards = rollout.Rewards.AsSpan(at, rollout.Rows);
            var ends = rollout.Ends.AsSpan(at, rollout.Rows);
            Episodes.Add(rewards, ends);
            if (scaler is null) continue;
            scaler.Update(rewards, ends);
            scaler.Apply(rewards, rewards);
        }
        if (_normalized is { IsHeld: true }) _normalized.LearnFrom(rollout.Observations);
        else _normalized?.ShowFrames();
    }

    private ISavedRows SavedRows => (ISavedRows)(_normalized?.Inner ?? _environment);
}
