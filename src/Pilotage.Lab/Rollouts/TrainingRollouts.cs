using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Lab.Runs;

namespace Pilotage.Lab.Rollouts;

/// <summary>A worker's program: plays pieces of a training's rollouts, knowing nothing but the text of its <c>config.yaml</c>. Keeps what it made for the next piece of the same training.</summary>
/// <param name="environments">The environments of this build, by the folder of data that the text names.</param>
/// <remarks>Not thread-safe: one for each thread.</remarks>
public sealed class TrainingRollouts(Func<string?, IReadOnlyList<EnvironmentEntry>> environments)
{
    private readonly Dictionary<int, RolloutShard> _shards = [];                          // by rows
    private (string Run, string Text)? _training;

    /// <summary>Plays a piece.</summary>
    /// <param name="run">Tells this training from others of the same text.</param>
    /// <param name="text">All that the training is made from.</param>
    /// <param name="task">The piece.</param>
    /// <param name="weights">Gives the weights of a version; asked for those alone that the last piece did not use.</param>
    /// <returns>The result.</returns>
    /// <exception cref="UserMistakeException">This build does not know what the text names.</exception>
    /// <exception cref="RunFailedException">The environment or the policy broke its contract.</exception>
    public ReadOnlyMemory<byte> Play(string run, string text, RolloutTask task, Func<long, ReadOnlyMemory<byte>> weights)
    {
        if (_training != (run, text))
        {
            _shards.Clear();
            _training = (run, text);
        }
        if (!_shards.TryGetValue(task.Rows, out var shard)) _shards.Add(task.Rows, shard = Open(text, task.Rows));
        var result = new ArrayBufferWriter<byte>();
        shard.Play(task, weights, result);
        return result.WrittenMemory;
    }

    private RolloutShard Open(string text, int rows)
    {
        var configuration = RunConfiguration.Parse(text, header => AlgorithmCatalog.Find(header.Algorithm!).Settings);
        var algorithm = AlgorithmCatalog.Find(configuration.Header.Algorithm!);
        var environment = EnvironmentCatalog.Find(configuration.Header.Environment!, environments(configuration.Header.Data));
        return algorithm.CreateShard is { } create
            ? create(configuration.Settings, environment.Create(rows, SeedTree.Root(0)))
            : throw new UserMistakeException(RolloutSharing.NotShared(algorithm).ToString());
    }
}
