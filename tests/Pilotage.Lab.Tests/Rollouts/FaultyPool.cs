using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Lab.Rollouts;

namespace Pilotage.Lab.Tests.Rollouts;

/// <summary>What goes wrong on the way from a worker.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A worker dies before it computes: its task is lost.</summary>
    LostTask,

    /// <summary>A worker computes and dies before it answers; a new one knows nothing.</summary>
    DiedAfterComputing,

    /// <summary>Each answer comes twice.</summary>
    Twice,

    /// <summary>A worker is given up, its piece computed by another; its own answer comes while the next rollout is under way.</summary>
    Late,

    /// <summary>Beside the answer comes one that was played with the weights before.</summary>
    OtherWeights,

    /// <summary>Answers come last first.</summary>
    Reversed,
}

/// <summary>One worker of a test whose way to the learner is broken as told, at every third answer.</summary>
internal sealed class FaultyPool(int slots, Fault fault) : IRolloutPool
{
    public int Slots => slots;

    /// <summary>Workers that were begun: one, and one more after each death.</summary>
    public int Workers { get; private set; }

    public IRolloutChannel Open(string run, string text) => new Channel(this, fault, run, text);

    private sealed class Channel(FaultyPool pool, Fault fault, string run, string text) : IRolloutChannel
    {
        private readonly Dictionary<long, ReadOnlyMemory<byte>> _weights = [];
        private readonly List<RolloutTask> _tasks = [];
        private readonly List<RolloutReply> _replies = [];                                // on their way
        private readonly List<RolloutReply> _held = [];                                   // until the next rollout
        private TrainingRollouts _worker = NewWorker(pool);
        private int _answers;

        public void Share(long version, ReadOnlyMemory<byte> weights) => _weights.Add(version, weights);

        public void Forget(long version) => Assert(_weights.Remove(version));

        public void Submit(RolloutTask task) => _tasks.Add(task);

        public RolloutReply Next(CancellationToken cancellation)
        {
            if (_replies.Count == 0) foreach (var task in TakeTasks()) Answer(task);
            var reply = fault == Fault.Reversed ? _replies[^1] : _replies[0];
            _replies.Remove(reply);
            return reply;
        }

        public void Dispose() { }

        private RolloutTask[] TakeTasks()
        {
            RolloutTask[] tasks = [.. _tasks];
            _tasks.Clear();
            foreach (var late in _held.Where(late => late.Sequence < tasks[0].Sequence).ToList())
            {
                _replies.Add(late);
                _held.Remove(late);
            }
            return tasks;
        }

        private void Answer(RolloutTask task)
        {
            var isBroken = ++_answers % 3 == 0;
            var lost = new RolloutReply(task.Sequence, task.Shard, task.Versions, default) { Loss = "the worker died." };
            if (isBroken && fault == Fault.LostTask)
            {
                _worker = NewWorker(pool);
                _replies.Add(lost);
                return;
            }
            var reply = new RolloutReply(task.Sequence, task.Shard, task.Versions, _worker.Play(run, text, task, version => _weights[version]));
            if (isBroken && fault == Fault.DiedAfterComputing)
            {
                _worker = NewWorker(pool);
                _replies.Add(lost);
                return;
            }
            if (isBroken && fault == Fault.Late)
            {
                _held.Add(reply);
                _replies.Add(lost);
                return;
            }
            if (isBroken && fault == Fault.OtherWeights) _replies.Add(reply with { Versions = [.. task.Versions.Select(version => version - 1)], Result = new byte[reply.Result.Length] });
            _replies.Add(reply);
            if (fault == Fault.Twice) _replies.Add(reply with { Result = reply.Result.ToArray() });
        }

        private static TrainingRollouts NewWorker(FaultyPool pool)
        {
            pool.Workers++;
            return new(_ => EnvironmentCatalog.All);
        }

        private static void Assert(bool isSo)
        {
            if (!isSo) throw new InvalidOperationException("A version that was never shared was forgotten.");
        }
    }
}
