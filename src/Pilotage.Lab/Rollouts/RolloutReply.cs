namespace Pilotage.Lab.Rollouts;

/// <summary>What became of a task: a result, a loss, or a failure that would come again wherever it is played.</summary>
/// <param name="Sequence">Number of the rollout.</param>
/// <param name="Shard">Number of the piece in it.</param>
/// <param name="Versions">Versions of the weights that it was played with.</param>
/// <param name="Result">What a <see cref="Experience.RolloutShard"/> wrote; empty after a loss or a failure.</param>
public sealed record RolloutReply(long Sequence, int Shard, IReadOnlyList<long> Versions, ReadOnlyMemory<byte> Result)
{
    /// <summary>Why there is no result although nothing is wrong with the task: its worker died. <see langword="null"/> otherwise.</summary>
    public string? Loss { get; init; }

    /// <summary>What the task itself came to; <see langword="null"/> otherwise.</summary>
    public Exception? Failure { get; init; }
}
