using System.Text.Json.Serialization;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="SquashedActor"/>.</summary>
/// <param name="Hidden">Width of each hidden layer.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="IsGreedy">Whether it takes the tangent of the mean instead of drawing.</param>
/// <param name="Normalization">Of each hidden layer; left out of the file where there is none.</param>
/// <param name="Deviation">How outputs become deviations; left out of the file where it is the exponential.</param>
public sealed record SquashedActorDescriptor(
    IReadOnlyList<int> Hidden, Activation Activation, bool IsGreedy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Normalization Normalization = Normalization.None,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DeviationForm Deviation = DeviationForm.Exponential) : PolicyDescriptor
{
    /// <summary>For readers of the file: how outputs become the actions of a box.</summary>
    public string BoxScaling => "centre + tanh(output) x half width; the outputs are means, then "
        + (Deviation == DeviationForm.Softplus ? "numbers x of deviations softplus(max(x, -5))" : "logarithms of deviations clamped to [-20, 2]");

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        weights.RequirePerceptron(ObservationNetwork.InputsOf(spec), Hidden, ObservationNetwork.OutputsOf(spec, 2 * spec.Actions.ValueCount));
        var random = SeedTree.Root(0).Initialisation.Start();
        var actor = new SquashedActor(spec, Hidden, Activation, ref random, device, new() { Normalization = Normalization, Deviation = Deviation });
        weights.Fill(actor.Parameters.Blocks);
        return IsGreedy ? actor.Greedy : actor.Sampling;
    }
}
