using System.Collections.Concurrent;
using Pilotage.Environments;
using Pilotage.Experience;

namespace Pilotage.Lab.Rollouts;

/// <summary>Threads of this process that play pieces of rollouts. Pays where the environment is slow; where it is fast, handing pieces over takes longer than playing them.</summary>
/// <param name="threads">How many, at least 1.</param>
/// <param name="environments">The environments of this build, by the folder of data that a training names; <see langword="null"/> for <see cref="EnvironmentCatalog.All"/>.</param>
public sealed class RolloutThreads(int threads, Func<string?, IReadOnlyList<EnvironmentEntry>>? environments = null) : IRolloutPool
{
    /// <inheritdoc/>
    public int Slots => threads;

    /// <inheritdoc/>
    public IRolloutChannel Open(string run, string text) => new Channel(threads, environments ?? (_ => EnvironmentCatalog.All), run, text);

    private sealed class Channel : IRolloutChannel
    {
        private readonly BlockingCollection<RolloutTask> _tasks = [];
        private readonly BlockingCollection<RolloutReply> _replies = [];
        private readonly ConcurrentDictionary<long, ReadOnlyMemory<byte>> _weights = new();
        private readonly Thread[] _threads;

        public Channel(int threads, Func<string?, IReadOnlyList<EnvironmentEntry>> environments, string run, string text)
        {
            _threads = new Thread[threads];
            for (var i = 0; i < threads; i++)
            {
                _threads[i] = new(() => Work(new(environments), run, text)) { IsBackground = true, Name = $"rollout {i}" };
                _threads[i].Start();
            }
        }

        public void Share(long version, ReadOnlyMemory<byte> weights) => _weights[version] = weights;

        public void Forget(long version) => _weights.TryRemove(version, out _);

        public void Submit(RolloutTask task) => _tasks.Add(task);

        public RolloutReply Next(CancellationToken cancellation) => _replies.Take(cancellation);

        public void Dispose()
        {
            _tasks.CompleteAdding();
            foreach (var thread in _threads) thread.Join();
            _tasks.Dispose();
            _replies.Dispose();
        }

        private void Work(TrainingRollouts program, string run, string text)
        {
            foreach (var task in _tasks.GetConsumingEnumerable()) _replies.Add(Answer(program, run, text, task));
        }

        private RolloutReply Answer(TrainingRollouts program, string run, string text, RolloutTask task)
        {
            var reply = new RolloutReply(task.Sequence, task.Shard, task.Versions, default);
            try
            {
                return reply with { Result = program.Play(run, text, task, version => _weights[version]) };
            }
#pragma warning disable CA1031 // Carried to the training's thread, which throws it on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                return reply with { Failure = failure };
            }
        }
    }
}
