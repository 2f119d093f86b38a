using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Training;

/// <summary>What every learner offers to whoever runs it: iterate, look, save. The algorithm itself stands in its own file.</summary>
/// <remarks>Between two iterations all queues are empty, so that is where a checkpoint is taken; a learner loaded from one continues bit for bit.</remarks>
public interface ILearner : ISaved
{
    /// <summary>Environment steps taken so far, over all rows.</summary>
    long Steps { get; }

    /// <summary>Collects experience and learns from it once: the smallest piece between two checkpoints.</summary>
    /// <exception cref="RunFailedException">A loss, a parameter or an observation is not finite.</exception>
    void Iterate();

    /// <summary>The policy as it is evaluated: greedy, no exploration. Shares the learner's weights.</summary>
    IPolicy Policy { get; }

    /// <summary>All weights by name, for checkpoints, export and the parameter hash. Views of the live values.</summary>
    IReadOnlyList<WeightBlock> Weights { get; }

    /// <summary>Figures of the last iteration, by the field's metric names: <c>episode_return</c>, <c>approx_kl</c>, <c>explained_variance</c>… Empty before the first.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; }

    /// <summary>What learning takes, known before the first iteration.</summary>
    MemoryEstimate Memory { get; }

    /// <summary>Where the time went so far.</summary>
    LearnerTiming Timing { get; }
}
