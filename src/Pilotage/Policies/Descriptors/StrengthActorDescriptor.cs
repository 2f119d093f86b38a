using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="StrengthActor"/>, acting without noise.</summary>
/// <param name="Hidden">Width of the hidden layers.</param>
public sealed record StrengthActorDescriptor(int Hidden) : PolicyDescriptor
{
    /// <summary>For readers of the file: how outputs become the actions of a box.</summary>
    public string BoxScaling => "centre + tanh(|tanh(scale / 2)| tanh(direction / 2)) x half width; the outputs are directions, then scales, then strengths that do not act";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(spec.ObservationSize, [Hidden, Hidden], 3 * spec.Actions.ValueCount);
        var random = SeedTree.Root(0).Initialisation.Start();
        var actor = new StrengthActor(new(device), spec, Hidden, ref random);
        weights.Fill(actor.Weights);
        return actor.Greedy;
    }
}
