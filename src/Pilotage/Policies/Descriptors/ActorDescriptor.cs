using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>The actor of an <see cref="ActorCritic"/>.</summary>
/// <param name="Hidden">Width of each hidden layer of both networks.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="IsGreedy">Whether it takes the most probable action, or the mean, instead of drawing.</param>
public sealed record ActorDescriptor(IReadOnlyList<int> Hidden, Activation Activation, bool IsGreedy) : PolicyDescriptor
{
    /// <summary>For readers of the file: how outputs become the actions of a box.</summary>
    public string BoxScaling => "centre + output x half width, clipped to the box";

    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "illegal actions get the smallest finite logit";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(ObservationNetwork.InputsOf(spec), Hidden, ObservationNetwork.OutputsOf(spec, ActionHead.OutputsOf(spec.Actions)));
        var networks = new ActorCritic(spec, Hidden, Activation, SeedTree.Root(0), device);
        weights.Fill(networks.Parameters.Blocks);
        return (IPortablePolicy)(IsGreedy ? networks.Greedy : networks.Sampling);
    }
}
