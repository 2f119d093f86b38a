using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pilotage.Cluster.Asking;
using Pilotage.Cluster.Work;
using Pilotage.Experience;
using Pilotage.Lab.Rollouts;

namespace Pilotage.Cluster.Rollouts;

/// <summary>A training's rollouts, played by a cluster's workers.</summary>
/// <param name="asker">Asks the cluster; it takes each result once and bears the death of workers and of the coordinator.</param>
/// <param name="slots">Pieces that a rollout is cut into.</param>
internal sealed class AskedRollouts(WorkAsker asker, int slots) : IRolloutPool
{
    /// <inheritdoc/>
    public int Slots => slots;

    /// <inheritdoc/>
    public IRolloutChannel Open(string run, string text) => new Channel(asker, run, Encoding.UTF8.GetBytes(text));

    private sealed class Channel : IRolloutChannel
    {
        private readonly WorkAsker _asker;
        private readonly string _run;
        private readonly string _textKey;
        private readonly BlockingCollection<RolloutReply> _replies = [];
        private readonly HashSet<string> _shared = [];
        private readonly HashSet<Task> _asked = [];
        private readonly CancellationTokenSource _closed = new();
        private long _count;

        public Channel(WorkAsker asker, string run, byte[] text)
        {
            (_asker, _run, _textKey) = (asker, run, Convert.ToHexStringLower(SHA256.HashData(text))[..16]);
            Share(_textKey, text);
        }

        public void Share(long version, ReadOnlyMemory<byte> weights) => Share(RolloutQuestion.WeightsKey(_run, version), weights.ToArray());

        public void Forget(long version) => Unshare(RolloutQuestion.WeightsKey(_run, version));

        public void Submit(RolloutTask task)
        {
            _asked.RemoveWhere(asked => asked.IsCompleted);
            _asked.Add(AskAsync(task));
        }

        public RolloutReply Next(CancellationToken cancellation) => _replies.Take(cancellation);

        public void Dispose()
        {
            _closed.Cancel();
            Task.WaitAll(_asked);                                        // they answer for themselves, with a failure at worst
            foreach (var key in _shared.ToList()) Unshare(key);
            _closed.Dispose();
            _replies.Dispose();
        }

        private void Share(string key, byte[] content)
        {
            _shared.Add(key);
            _asker.ShareAsync(key, content).GetAwaiter().GetResult();    // before any task that names it
        }

        private void Unshare(string key)
        {
            _shared.Remove(key);
            _asker.UnshareAsync(key).GetAwaiter().GetResult();
        }

        private async Task AskAsync(RolloutTask task)
        {
            var reply = new RolloutReply(task.Sequence, task.Shard, task.Versions, default);
            try
            {
                // A number too: a piece that was lost is asked for again.
                var id = FormattableString.Invariant($"{_run} rollout {task.Sequence} piece {task.Shard} ({++_count})");
                var result = await _asker.RunAsync(new(id, RolloutWork.Name, new RolloutQuestion(_run, _textKey, task).ToBytes()), _closed.Token).ConfigureAwait(false);
                _replies.Add(result.Ending == Ending.Done ? reply with { Result = result.Content } : reply with { Failure = FailureOf(result) });
            }
#pragma warning disable CA1031 // Carried to the training's thread, which throws it on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _replies.Add(reply with { Failure = failure is OperationCanceledException ? new RunFailedException("The cluster was closed while a rollout was under way.") : failure });
            }
        }

        private static Exception FailureOf(WorkResult result) => result.Ending switch
        {
            Ending.UserMistake => new UserMistakeException(result.Problems),
            Ending.RunFailed => new RunFailedException(string.Join(Environment.NewLine, result.Problems)),
            _ => new InvalidOperationException($"A worker found a defect of the program. Its stack trace: {string.Join(Environment.NewLine, result.Problems)}"),
        };
    }
}
