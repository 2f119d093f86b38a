using Pilotage.Environments;
using Pilotage.Experience.Datasets;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>What a log is like, before anything learns from it.</summary>
/// <param name="Data">The log.</param>
/// <param name="MeanReturn">Of its complete episodes, undiscounted.</param>
/// <param name="Quality">TQ; <see langword="null"/> where the returns of a random and of the best policy are not known.</param>
/// <param name="Pairs">u, distinct pairs of state and action.</param>
/// <param name="Coverage">SACo; <see langword="null"/> where no reference is known.</param>
/// <param name="Entropy">H of the pairs, in nats.</param>
internal sealed record LogDescription(TransitionDataset Data, double MeanReturn, double? Quality, long Pairs, double? Coverage, double Entropy)
{
    /// <summary>Measures a log.</summary>
    /// <exception cref="UserMistakeException">No episode is complete (PIL1111), or the references leave no scale.</exception>
    public static LogDescription Of(TransitionDataset data, DatasetPerspectiveConfig config)
    {
        var coverage = new Coverage(data, config.BinEdges == 0 ? CoverageBins.Exact : CoverageBins.Uniform(config.BinEdges));
        return new(
            data, data.MeanReturn, config is { RandomReturn: { } random, ExpertReturn: { } expert } ? TrajectoryQuality.Of(data.MeanReturn, random, expert) : null, coverage.ReferencePairs,
            config.ReferencePairs > 0 ? (double)coverage.ReferencePairs / config.ReferencePairs : null, coverage.Entropy(data));
    }

    /// <summary>Number of actions (A).</summary>
    public int Actions => ((ActionSpace.Discrete)Data.Spec.Actions).Count;

    /// <summary>Actions that the log never shows.</summary>
    public IReadOnlyList<int> NeverDone => [.. Enumerable.Range(0, Actions).Except(Data.Steps.ActionIndices.ToArray())];

    /// <summary>Share of steps that earn nothing.</summary>
    public double Sparsity => (double)Data.Steps.Rewards.ToArray().Count(reward => reward == 0) / Data.Count;

    /// <summary>Mean length of the complete episodes.</summary>
    public double MeanLength => Data.Episodes.Where(episode => episode.End != End.Running).Average(episode => episode.Length);
}
