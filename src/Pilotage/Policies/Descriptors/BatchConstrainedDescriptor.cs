using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="BatchConstrainedPolicy"/>.</summary>
/// <param name="Hidden">Width of each hidden layer of both networks.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="Threshold">What an action's probability must be above, as a share of the largest.</param>
public sealed record BatchConstrainedDescriptor(IReadOnlyList<int> Hidden, Activation Activation, float Threshold) : PolicyDescriptor
{
    /// <summary>For readers of the file: which action is taken.</summary>
    public string Rule => "the highest value among legal actions whose probability is above threshold x the largest";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        if (!(Threshold is >= 0 and < 1)) throw weights.Unfit($"threshold is {Threshold}; it must be in [0, 1)");
        weights.RequirePerceptron(spec.ObservationSize, Hidden, spec.Actions is ActionSpace.Discrete discrete ? discrete.Count : 1);
        var random = SeedTree.Root(0).Initialisation.Start();
        var policy = new BatchConstrainedPolicy(spec, Hidden, Activation, Threshold, ref random, device);
        weights.Fill(policy.Parameters.Blocks);
        return policy;
    }
}
