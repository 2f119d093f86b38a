using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="NormalizedPolicy"/>: what another policy learned on normalised observations, with the statistics.</summary>
/// <param name="Count">Observations that the statistics rest on.</param>
/// <param name="Mean">One per number of the observation.</param>
/// <param name="SquaredDeviations">Sums of squared deviations from the mean; the variance is these over <paramref name="Count"/>.</param>
/// <param name="Clip">Largest magnitude of a normalised number, in standard deviations.</param>
/// <param name="Inner">The policy that acts on normalised observations.</param>
public sealed record NormalizedDescriptor(long Count, IReadOnlyList<double> Mean, IReadOnlyList<double> SquaredDeviations, float Clip, PolicyDescriptor Inner) : PolicyDescriptor
{
    /// <summary>For readers of the file: how a number is normalised.</summary>
    public string Formula => "clip((x - mean) / sqrt(squaredDeviations / count + 1e-8), ±clip)";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        if (Mean.Count != spec.ObservationSize || SquaredDeviations.Count != spec.ObservationSize || Count < 0 || !(Clip > 0) || SquaredDeviations.Any(sum => sum < 0))
            throw weights.Unfit($"the normaliser needs a count, a clip above 0 and {spec.ObservationSize} means and squared deviations of at least 0");
        var normalizer = new ObservationNormalizer(spec.ObservationSize, Clip);
        normalizer.Restore(Count, [.. Mean], [.. SquaredDeviations]);
        return new NormalizedPolicy(Inner.Build(spec, weights, device), normalizer);
    }
}
