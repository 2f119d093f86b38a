using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Another policy that takes a uniform legal action with a fixed probability. For one discrete choice.</summary>
/// <param name="policy">Acts otherwise.</param>
/// <param name="epsilon">Probability of a uniform action, in [0, 1].</param>
public sealed class ExploringPolicy(IPolicy policy, double epsilon) : IPolicy
{
    /// <summary>Probability of a uniform action.</summary>
    public double Epsilon { get; } = epsilon is >= 0 and <= 1 ? epsilon : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "A probability lies in [0, 1].");

    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => policy.CreateMemory(rows);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        policy.Act(frames, memory, ref random, actions);
        EpsilonGreedy.Explore(frames, Epsilon, ref random, actions);
    }
}
