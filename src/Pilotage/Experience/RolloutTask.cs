namespace Pilotage.Experience;

/// <summary>Some rows of one rollout, to be played by a worker: all that the result depends on but the weights, which are named by their versions.</summary>
/// <param name="Sequence">Number of the rollout, counted from when workers were given to the learner.</param>
/// <param name="Shard">Number of the piece in its rollout, from 0.</param>
/// <param name="First">First row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Versions">Versions of the weights, in the order in which the learner's networks take them; ascending.</param>
/// <param name="State">Rows of the environment, what the policy remembers of them, and the random numbers: for <see cref="RolloutShard"/>.</param>
public sealed record RolloutTask(long Sequence, int Shard, int First, int Rows, IReadOnlyList<long> Versions, ReadOnlyMemory<byte> State);
