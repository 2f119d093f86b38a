using Pilotage.Experience;

namespace Pilotage.Lab.Rollouts;

/// <summary>Sees to it that each piece of a rollout is learned from exactly once, whatever its workers and the way to them lose, repeat or delay.</summary>
/// <remarks>A piece is known by rollout, place and versions of the weights. Not thread-safe.</remarks>
public sealed class RolloutLedger
{
    // A worker that dies of its task takes every other one with it; somebody must say so.
    private const int MostLosses = 5;
    private readonly Dictionary<int, RolloutTask> _open = [];
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _used = [];                    // of this rollout, to compare repeated results with
    private readonly Dictionary<int, int> _losses = [];
    private long _sequence = -1;

    /// <summary>Counts so far.</summary>
    public RolloutFigures Figures { get; private set; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Pieces of the rollout that were not used yet.</summary>
    public int Open => _open.Count;

    /// <summary>Begins a rollout.</summary>
    /// <param name="tasks">Its pieces.</param>
    /// <exception cref="ArgumentException">There are none, or they are not of one later rollout.</exception>
    public void Begin(IReadOnlyList<RolloutTask> tasks)
    {
        if (tasks.Count == 0 || tasks.Any(task => task.Sequence != tasks[0].Sequence) || tasks[0].Sequence <= _sequence || _open.Count > 0)
            throw new ArgumentException("The pieces of one rollout after the other are expected.", nameof(tasks));
        _sequence = tasks[0].Sequence;
        _used.Clear();
        _losses.Clear();
        foreach (var task in tasks) _open.Add(task.Shard, task);
    }

    /// <summary>Notes that a task goes out.</summary>
    /// <param name="task">Of this rollout.</param>
    public void Send(RolloutTask task) => Figures = Figures with { Sent = Figures.Sent + 1, TaskBytes = Figures.TaskBytes + task.State.Length };

    /// <summary>Notes that weights are laid out.</summary>
    /// <param name="bytes">Their size.</param>
    public void Share(int bytes) => Figures = Figures with { WeightBytes = Figures.WeightBytes + bytes };

    /// <summary>Judges an answer; one that is to be used is not open afterwards.</summary>
    /// <param name="reply">From the channel.</param>
    /// <returns>What to do, and the task that it answers; <see langword="null"/> where none of this rollout is answered.</returns>
    /// <exception cref="RunFailedException">A piece was lost too often, or two workers gave different results for the same task.</exception>
    public (RolloutVerdict Verdict, RolloutTask? Task) Judge(RolloutReply reply)
    {
        if (reply.Loss is null) Figures = Figures with { ResultBytes = Figures.ResultBytes + reply.Result.Length };
        if (reply.Sequence == _sequence && _used.TryGetValue(reply.Shard, out var used)) return (Repeat(reply, used), null);
        if (reply.Sequence != _sequence || !_open.TryGetValue(reply.Shard, out var task) || !task.Versions.SequenceEqual(reply.Versions))
        {
            Figures = Figures with { Late = Figures.Late + 1 };
            return (RolloutVerdict.Late, null);
        }
        if (reply.Loss is not null) return (Lose(reply, task), task);
        _open.Remove(reply.Shard);
        _used.Add(reply.Shard, reply.Result);
        Figures = Figures with { Used = Figures.Used + 1 };
        return (RolloutVerdict.Use, task);
    }

    private RolloutVerdict Repeat(RolloutReply reply, ReadOnlyMemory<byte> used)
    {
        Figures = Figures with { Repeated = Figures.Repeated + 1 };
        // The result follows from the task alone. If it does not, no result of this run can be trusted to be what one process computes.
        if (reply.Loss is null && reply.Failure is null && !reply.Result.Span.SequenceEqual(used.Span))
            throw new RunFailedException(
                $"Two workers computed different results for piece {reply.Shard} of rollout {reply.Sequence}. They do not run the same program and data, their processors compute "
                + "differently, or the environment depends on something that it does not save. Use one program everywhere, and check the environment with EnvironmentCheck.");
        return RolloutVerdict.Repeated;
    }

    private RolloutVerdict Lose(RolloutReply reply, RolloutTask task)
    {
        Figures = Figures with { Lost = Figures.Lost + 1 };
        var losses = _losses[reply.Shard] = _losses.GetValueOrDefault(reply.Shard) + 1;
        return losses < MostLosses
            ? RolloutVerdict.SendAgain
            : throw new RunFailedException(
                $"Rows {task.First} to {task.First + task.Rows - 1} of rollout {task.Sequence} were lost {losses} times, the last time because: {reply.Loss} "
                + "A worker that plays them dies: look at its memory and at what it printed.");
    }
}
