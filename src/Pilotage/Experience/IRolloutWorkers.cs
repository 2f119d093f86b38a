namespace Pilotage.Experience;

/// <summary>Workers that play the rows of a learner's rollouts: threads, processes or machines.</summary>
public interface IRolloutWorkers
{
    /// <summary>Pieces that a rollout is best cut into, at least 1.</summary>
    int Pieces { get; }

    /// <summary>Gives the weights of a version. Those below the oldest version that a later task names are not asked for again.</summary>
    /// <param name="version">Above all that were offered before, except after a resume.</param>
    /// <param name="weights">For <see cref="RolloutShard"/>; not changed afterwards.</param>
    void Offer(long version, ReadOnlyMemory<byte> weights);

    /// <summary>Has all pieces of one rollout played.</summary>
    /// <param name="tasks">The pieces; what they hold is not changed afterwards.</param>
    /// <param name="use">Called once for each of <paramref name="tasks"/>, on the calling thread, with what <see cref="RolloutShard.Play"/> wrote for it.</param>
    /// <exception cref="RunFailedException">A piece failed wherever it was played, or nobody is left to play it.</exception>
    void Play(IReadOnlyList<RolloutTask> tasks, Action<RolloutTask, ReadOnlyMemory<byte>> use);
}
