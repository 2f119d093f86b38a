using System.Collections.Concurrent;
using System.Text;
using Pilotage.Cluster.Work;
using Pilotage.Environments;
using Pilotage.Lab.Rollouts;

namespace Pilotage.Cluster.Rollouts;

/// <summary>Pieces of rollouts as work: a worker pulls a training's text once and the weights of each version once, and plays the rows that a piece brings.</summary>
/// <param name="environments">The environments of this build, by the folder of data that a training names.</param>
internal sealed class RolloutWork(Func<string?, IReadOnlyList<EnvironmentEntry>> environments) : IWorkProgram
{
    /// <summary><see cref="Kind"/>.</summary>
    public const string Name = "rollout";

    // One for each thread that plays at once; the last one returned is the first one taken, since it has the weights.
    private readonly ConcurrentStack<TrainingRollouts> _free = [];

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public bool IsTold => false;

    /// <inheritdoc/>
    public byte[] Run(WorkInput input, CancellationToken cancellation)
    {
        var (run, textKey, task) = RolloutQuestion.Read(input.Payload);
        if (!_free.TryPop(out var player)) player = new(environments);
        var result = player.Play(run, Encoding.UTF8.GetString(input.Pull(textKey)), task, version => input.Pull(RolloutQuestion.WeightsKey(run, version)));
        _free.Push(player);                                              // not after a failure: who knows what is left of it
        return result.ToArray();
    }
}
