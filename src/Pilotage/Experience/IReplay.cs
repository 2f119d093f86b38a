namespace Pilotage.Experience;

/// <summary>Transitions that off-policy learners learn from again and again: added one by one, the oldest making way; drawn in batches.</summary>
public interface IReplay : ITransitionSink, ISaved
{
    /// <summary>Transitions kept at most.</summary>
    int Capacity { get; }

    /// <summary>Transitions held.</summary>
    int Count { get; }

    /// <summary>Bytes held when it is full.</summary>
    long Bytes { get; }

    /// <summary>Draws transitions with replacement.</summary>
    /// <param name="batch">Filled.</param>
    /// <param name="importance">beta in [0, 1]: how far the weights undo that some are drawn more often; a uniform replay has nothing to undo.</param>
    /// <param name="random">Draws the places.</param>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    void Sample(TransitionBatch batch, double importance, ref Randomness random);

    /// <summary>Tells how wrong the learner was about the transitions that it just learned from. A uniform replay does not mind.</summary>
    /// <param name="batch">From the last <see cref="Sample"/>; nothing was added since.</param>
    /// <param name="errors">One per transition, of any sign.</param>
    void Reprioritize(TransitionBatch batch, ReadOnlySpan<float> errors);
}
