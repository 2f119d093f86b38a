using Pilotage.Environments;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>What can be said of a data set before anything is learned from it.</summary>
/// <remarks>Source: arXiv:2111.04714, section 3, and the figures that its code prints. Returns are undiscounted and, with lengths and sparsity, of complete episodes alone.</remarks>
public sealed record DatasetDescription
{
    private const int CloneSteps = 20_000;              // enough to know how sure the behaviour is, and seconds to fit

    private DatasetDescription() { }

    /// <summary>The data set.</summary>
    public required TransitionDataset Dataset { get; init; }

    /// <summary>Smallest, mean and largest return; <see langword="null"/> if no episode is complete.</summary>
    public required (double Least, double Mean, double Most)? Returns { get; init; }

    /// <summary>Smallest, mean and largest number of steps; <see langword="null"/> if no episode is complete.</summary>
    public required (double Least, double Mean, double Most)? Lengths { get; init; }

    /// <summary>Mean share of an episode's steps that earn exactly 0; <see langword="null"/> if no episode is complete.</summary>
    public required double? Sparsity { get; init; }

    /// <summary>How often each action of one discrete choice was taken; empty for other spaces.</summary>
    public required IReadOnlyList<double> ActionShares { get; init; }

    /// <summary>TQ; <see langword="null"/> without references or complete episodes.</summary>
    public required double? Quality { get; init; }

    /// <summary>What counted as the same state and action.</summary>
    public required CoverageBins Bins { get; init; }

    /// <summary>u: distinct pairs of state and action.</summary>
    public required long Pairs { get; init; }

    /// <summary>H of their frequencies, in nats.</summary>
    public required double PairEntropy { get; init; }

    /// <summary>u of the reference; <see langword="null"/> without one.</summary>
    public required long? ReferencePairs { get; init; }

    /// <summary>SACo; <see langword="null"/> without a reference.</summary>
    public required double? Coverage { get; init; }

    /// <summary>lSACo; <see langword="null"/> without a reference.</summary>
    public required double? LogCoverage { get; init; }

    /// <summary>Entropy of a policy cloned from it, mean over its states, by that of uniform choice: 0 sure, 1 uniform. <see langword="null"/> for spaces that are not one discrete choice.</summary>
    public required double? CloneEntropy { get; init; }

    /// <summary>What to learn from it with.</summary>
    public required DatasetAdvice Advice { get; init; }

    /// <summary>Measures a data set.</summary>
    /// <param name="dataset">Any.</param>
    /// <param name="references">What it is held against.</param>
    /// <param name="seeds">For the cloned policy.</param>
    /// <returns>The description.</returns>
    /// <exception cref="UserMistakeException">The references do not fit: equal returns (PIL1114), or data of another environment (PIL1112).</exception>
    public static DatasetDescription Of(TransitionDataset dataset, DatasetReferences references, SeedTree seeds)
    {
        var complete = Enumerable.Range(0, dataset.Episodes.Count).Where(i => dataset.Episodes[i].End != End.Running).ToList();
        var isComplete = complete.Count > 0;
        double? quality = isComplete && references is { RandomReturn: { } random, ExpertReturn: { } expert } ? TrajectoryQuality.Of(dataset.MeanReturn, random, expert) : null;
        var bins = references.Bins ?? BinsFor(references.Coverage ?? dataset);
        var coverage = new Coverage(references.Coverage ?? dataset, bins);
        var isCovered = references.Coverage is not null;
        double? saco = isCovered ? coverage.Of(dataset) : null;
        return new()
        {
            Dataset = dataset,
            Returns = Range(complete.Select(dataset.ReturnOf)),
            Lengths = Range(complete.Select(i => (double)dataset.Episodes[i].Length)),
            Sparsity = isComplete ? complete.Average(i => Zeros(dataset, i)) : null,
            ActionShares = Shares(dataset),
            Quality = quality,
            Bins = bins,
            Pairs = coverage.Unique(dataset),
            PairEntropy = coverage.Entropy(dataset),
            ReferencePairs = isCovered ? coverage.ReferencePairs : null,
            Coverage = saco,
            LogCoverage = isCovered && coverage.ReferencePairs > 1 ? coverage.LogOf(dataset) : null,
            CloneEntropy = ClonedPolicy.RelativeEntropy(dataset.First(Math.Min(CloneSteps, dataset.Count)), seeds),
            Advice = DatasetAdvice.Of(quality, saco),
        };
    }

    // As the paper's code has it: grids exactly as they are seen, real-valued states in a hundred edges per axis.
    private static CoverageBins BinsFor(TransitionDataset reference)
    {
        const int Few = 100;
        var (values, size) = (new HashSet<float>(), reference.Spec.ObservationSize);
        if (reference.Spec.Actions.ValueCount > 0) return CoverageBins.Uniform();
        for (var axis = 0; axis < size; axis++)
        {
            values.Clear();
            for (var step = 0; step < reference.Count && values.Count <= Few; step++) values.Add(reference.Steps.Observations[step * size + axis]);
            if (values.Count > Few) return CoverageBins.Uniform();
        }
        return CoverageBins.Exact;
    }

    private static (double, double, double)? Range(IEnumerable<double> values)
    {
        var all = values.ToList();
        return all.Count == 0 ? null : (all.Min(), all.Average(), all.Max());
    }

    private static double Zeros(TransitionDataset dataset, int episode)
    {
        var (start, length, _) = dataset.Episodes[episode];
        var zeros = 0;
        foreach (var reward in dataset.Steps.Rewards.Slice(start, length)) if (reward == 0) zeros++;
        return (double)zeros / length;
    }

    private static double[] Shares(TransitionDataset dataset)
    {
        if (dataset.Spec.Actions is not ActionSpace.Discrete discrete) return [];
        var shares = new double[discrete.Count];
        foreach (var action in dataset.Steps.ActionIndices) shares[action] += 1.0 / dataset.Count;
        return shares;
    }
}
