using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Datasets;

/// <summary>How sure the behaviour behind a data set is, as a policy cloned from it tells.</summary>
internal static class ClonedPolicy
{
    private const int Rows = 1024;                      // looked at together

    // Fewer passes than a clone that is to act: it stops by itself once held back steps are not better explained.
    private static readonly BehaviourCloningConfig Config = new() { Passes = 20, Patience = 3, ValueWeight = 0, EntropyWeight = 0 };

    /// <summary>Mean entropy of the cloned policy on the data set's states, by the logarithm of the number of actions.</summary>
    /// <param name="dataset">Its steps, all of them, are cloned.</param>
    /// <param name="seeds">Weights, split and order.</param>
    /// <returns>In [0, 1]; <see langword="null"/> where there is no single discrete choice of at least two actions, or a single step.</returns>
    public static double? RelativeEntropy(TransitionDataset dataset, SeedTree seeds)
    {
        if (dataset.Spec.Actions is not ActionSpace.Discrete { Count: > 1 } discrete || dataset.Count < 2) return null;
        var normalizer = new ObservationNormalizer(dataset.Spec.ObservationSize);
        normalizer.Update(new(dataset.Count, dataset.Steps.Observations));
        var shown = dataset.Steps.Normalized(normalizer);
        var networks = new ActorCritic(dataset.Spec, Config.Hidden, Config.Activation, seeds);
        BehaviourCloning.Fit(networks, shown, Config, seeds);
        var sum = 0.0;
        for (var start = 0; start < shown.Count; start += Rows)
        {
            var rows = Math.Min(Rows, shown.Count - start);
            using var step = Step.Begin(networks.Parameters.Device, Gradient.None);
            var observations = Tensor.From(shown.Observations.Slice(start * dataset.Spec.ObservationSize, rows * dataset.Spec.ObservationSize), rows, dataset.Spec.ObservationSize);
            var legal = discrete.LegalCount == 0 ? default : Mask.From(shown.Legal.Slice(start * discrete.LegalCount, rows * discrete.LegalCount), rows, discrete.LegalCount);
            sum += rows * networks.Forward(observations, legal).Pi.MeanEntropy().Item();
        }
        return sum / shown.Count / Math.Log(discrete.Count);
    }
}
