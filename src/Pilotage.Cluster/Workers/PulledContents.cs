using Pilotage.Cluster.Work;

namespace Pilotage.Cluster.Workers;

/// <summary>What askers share, as a worker has pulled it: the last few contents, each pulled once however many threads want it.</summary>
/// <param name="coordinator">Where it is pulled from.</param>
internal sealed class PulledContents(ICoordinator coordinator)
{
    private const int Kept = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<((string Job, string Key) Name, Task<byte[]> Content)> _recent = [];

    /// <summary>Gives a content and waits for it; called on computing threads alone.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the job has ended.</exception>
    public byte[] Get(string job, string key, CancellationToken cancellation)
    {
        Task<byte[]> content;
        lock (_lock)
        {
            var found = _recent.FirstOrDefault(entry => entry.Name == (job, key) && !entry.Content.IsFaulted && !entry.Content.IsCanceled);
            if (found.Content is null) found = ((job, key), Task.Run(() => PullAsync(job, key), CancellationToken.None));
            else _recent.Remove(found);
            _recent.AddFirst(found);
            if (_recent.Count > Kept) _recent.RemoveLast();
            content = found.Content;
        }
        return content.WaitAsync(cancellation).GetAwaiter().GetResult();
    }

    private async Task<byte[]> PullAsync(string job, string key)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await coordinator.Pull(job, key) is { } content) return content;
                // The asker of a coordinator that has just come up shares it again.
                if (attempt == Attempts) throw new RunFailedException($"The cluster no longer has what this work needs ({key}).");
            }
            catch (Exception e) when (Calls.IsTransient(e) && attempt < Attempts) { }
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private const int Attempts = 30;
}
