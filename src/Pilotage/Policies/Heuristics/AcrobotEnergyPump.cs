using Pilotage.Environments;

namespace Pilotage.Policies.Heuristics;

/// <summary>Pumps energy into the Acrobot: full torque along the second joint's motion, less so while the first link moves the same way.</summary>
/// <remarks>
/// The motor's power is torque times the second velocity, so its sign alone pumps; then the second link may end up spinning by itself. Subtracting half the
/// first velocity keeps the links swinging together. Mean return -80 over 100 evaluation episodes. The half was set on validation seeds.
/// </remarks>
public sealed class AcrobotEnergyPump : IPolicy
{
    private static readonly RulePolicy Rule = new((observation, _) => observation[5] - 0.5f * observation[4] >= 0 ? 2 : 0);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
