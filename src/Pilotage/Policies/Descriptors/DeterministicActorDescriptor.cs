using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="DeterministicActor"/>, without noise.</summary>
/// <param name="Hidden">Width of each hidden layer.</param>
/// <param name="Activation">After each hidden layer.</param>
public sealed record DeterministicActorDescriptor(IReadOnlyList<int> Hidden, Activation Activation) : PolicyDescriptor
{
    /// <summary>For readers of the file: how outputs become the actions of a box.</summary>
    public string BoxScaling => "centre + tanh(output) x half width; of candidates centre + (2 softmax(output) - 1) x half width";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(ObservationNetwork.InputsOf(spec), Hidden, ObservationNetwork.OutputsOf(spec, spec.Actions.ValueCount));
        var random = SeedTree.Root(0).Initialisation.Start();
        var actor = new DeterministicActor(spec, Hidden, Activation, ref random, device);
        weights.Fill(actor.Parameters.Blocks);
        return actor;
    }
}
