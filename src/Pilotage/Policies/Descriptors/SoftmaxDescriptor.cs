using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="SoftmaxPolicy"/>.</summary>
/// <param name="Hidden">Width of each hidden layer.</param>
/// <param name="Activation">After each hidden layer.</param>
public sealed record SoftmaxDescriptor(IReadOnlyList<int> Hidden, Activation Activation) : PolicyDescriptor
{
    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "illegal actions get the smallest finite logit";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(spec.ObservationSize, Hidden, spec.Actions is ActionSpace.Discrete discrete ? discrete.Count : 1);
        var random = SeedTree.Root(0).Initialisation.Start();
        var policy = new SoftmaxPolicy(spec, Hidden, Activation, new Parameters(device), ref random);
        weights.Fill(policy.Weights);
        return policy;
    }
}
