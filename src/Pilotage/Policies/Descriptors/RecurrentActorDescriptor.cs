using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>The actor of a <see cref="RecurrentActorCritic"/>.</summary>
/// <param name="Units">Numbers that each memory holds.</param>
/// <param name="Hidden">Width of each hidden layer behind each memory.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="IsGreedy">Whether it takes the most probable action, or the mean, instead of drawing.</param>
public sealed record RecurrentActorDescriptor(int Units, IReadOnlyList<int> Hidden, Activation Activation, bool IsGreedy) : PolicyDescriptor
{
    /// <summary>For readers of the file: how outputs become the actions of a box.</summary>
    public string BoxScaling => "centre + output x half width, clipped to the box";

    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "illegal actions get the smallest finite logit";

    /// <summary>For readers of the file: what is remembered.</summary>
    public string Memory => "the state of a gated recurrent unit, zero where an episode begins";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        if (Units < 1) throw weights.Unfit($"units is {Units}; it is at least 1");
        // The memory has more weights than a layer of its width, so that whoever holds the former passes.
        weights.RequirePerceptron(spec.ObservationSize, [Units, .. Hidden], ActionHead.OutputsOf(spec.Actions));
        var networks = new RecurrentActorCritic(spec, Units, Hidden, Activation, SeedTree.Root(0), device);
        weights.Fill(networks.Parameters.Blocks);
        return (IPortablePolicy)(IsGreedy ? networks.Greedy : networks.Sampling);
    }
}
