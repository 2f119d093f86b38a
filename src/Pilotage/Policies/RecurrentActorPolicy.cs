using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>The actor of a <see cref="RecurrentActorCritic"/> as a policy.</summary>
/// <param name="networks">Shared, live.</param>
/// <param name="isGreedy">Whether it takes the most probable action, or the mean, instead of drawing.</param>
internal sealed class RecurrentActorPolicy(RecurrentActorCritic networks, bool isGreedy) : IPortablePolicy
{
    /// <remarks>Those of the critic too: who reads them may learn on.</remarks>
    public IReadOnlyList<WeightBlock> Weights => networks.Parameters.Blocks;

    public PolicyDescriptor Describe() => new RecurrentActorDescriptor(networks.Units, networks.Hidden, networks.Activation, isGreedy);

    public PolicyMemory CreateMemory(int rows) => new RecurrentMemory(rows, networks.Units, hasCritic: false);

    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        if (memory is not RecurrentMemory own || own.Rows != frames.Rows || own.Actor.Length != frames.Rows * networks.Units)
            throw new ArgumentException($"The memory must come from this policy's CreateMemory({frames.Rows}).", nameof(memory));
        using var raw = new Scratch(actions.Values.Length);
        networks.Act(frames, own, isGreedy, ref random, default, actions.Indices, raw.Values, logProbabilities: [], values: []);
        networks.ToBox(raw.Values, actions.Values);
    }
}
