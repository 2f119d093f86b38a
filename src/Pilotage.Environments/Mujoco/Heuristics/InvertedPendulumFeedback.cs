using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Balances the pole by linear feedback.</summary>
internal sealed class InvertedPendulumFeedback : IPolicy
{
    private static readonly RulePolicy Rule = new((observation, values) =>
        values[0] = Math.Clamp(0.5f * observation[0] + 20 * observation[1] + 1 * observation[2] + 2 * observation[3], -3, 3));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
