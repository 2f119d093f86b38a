using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>The actor of an <see cref="ActorCritic"/> as a policy.</summary>
/// <param name="networks">Shared, live.</param>
/// <param name="isGreedy">Whether it takes the most probable action, or the mean, instead of drawing.</param>
internal sealed class ActorPolicy(ActorCritic networks, bool isGreedy) : IPortablePolicy
{
    /// <remarks>Those of the critic too: who reads them may learn on.</remarks>
    public IReadOnlyList<WeightBlock> Weights => networks.OwnWeights;

    public PolicyDescriptor Describe() => new ActorDescriptor(networks.Hidden, networks.Activation, isGreedy);

    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        using var raw = new Scratch(actions.Values.Length);
        networks.Act(frames, isGreedy, ref random, actions.Indices, raw.Values, logProbabilities: [], values: []);
        networks.ToBox(raw.Values, actions.Values);
    }
}
