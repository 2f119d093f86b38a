using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="QNetwork"/>, greedy.</summary>
/// <param name="Hidden">Width of each hidden layer.</param>
/// <param name="Activation">After each hidden layer.</param>
public sealed record QNetworkDescriptor(IReadOnlyList<int> Hidden, Activation Activation) : PolicyDescriptor
{
    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "the best of the legal actions, the first of equal ones";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(spec.ObservationSize, Hidden, spec.Actions is ActionSpace.Discrete discrete ? discrete.Count : 1);
        var random = SeedTree.Root(0).Initialisation.Start();
        var network = new QNetwork(spec, Hidden, Activation, ref random, device);
        weights.Fill(network.Parameters.Blocks);
        return network;
    }
}
