using System.Buffers;
using Pilotage.Experience;

namespace Pilotage.Tests.Experience;

/// <summary>Workers of a test: pieces are played one after the other, the last one first, by workers that know nothing of each other.</summary>
/// <param name="pieces">Pieces of each rollout.</param>
/// <param name="make">Makes a worker for a number of rows.</param>
internal sealed class PlayedElsewhere(int pieces, Func<int, RolloutShard> make) : IRolloutWorkers
{
    private readonly Dictionary<int, RolloutShard> _shards = [];
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _weights = [];

    public int Pieces => pieces;

    /// <summary>Versions that were offered, in their order.</summary>
    public List<long> Offered { get; } = [];

    /// <summary>Versions that workers asked for.</summary>
    public List<long> Pulled { get; } = [];

    /// <summary>Every task so far.</summary>
    public List<RolloutTask> Tasks { get; } = [];

    public void Offer(long version, ReadOnlyMemory<byte> weights)
    {
        Offered.Add(version);
        _weights[version] = weights;
    }

    public void Play(IReadOnlyList<RolloutTask> tasks, Action<RolloutTask, ReadOnlyMemory<byte>> use)
    {
        Tasks.AddRange(tasks);
        foreach (var task in tasks.Reverse())
        {
            if (!_shards.TryGetValue(task.Rows, out var shard)) _shards.Add(task.Rows, shard = make(task.Rows));
            var result = new ArrayBufferWriter<byte>();
            shard.Play(task, Pull, result);
            use(task, result.WrittenMemory);
        }
    }

    private ReadOnlyMemory<byte> Pull(long version)
    {
        Pulled.Add(version);
        return _weights[version];
    }
}
