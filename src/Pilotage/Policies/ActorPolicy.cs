using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>The actor of an <see cref="ActorCritic"/> as a policy.</summary>
/// <param name="networks">Shared, live.</param>
/// <param name="isGreedy">Whether it takes the most probable action, or the mean, instead of drawing.</param>
internal sealed class ActorPolicy(ActorCritic networks, bool isGreedy) : IPolicy
{
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        using var raw = new Scratch(actions.Values.Length);
        networks.Act(frames, isGreedy, ref random, actions.Indices, raw.Values, logProbabilities: [], values: []);
        networks.ToBox(raw.Values, actions.Values);
    }
}
