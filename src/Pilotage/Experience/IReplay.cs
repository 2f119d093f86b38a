using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Transitions that off-policy learners learn from again and again: added one by one, drawn in batches.</summary>
public interface IReplay : ISaved
{
    /// <summary>Transitions kept at most.</summary>
    int Capacity { get; }

    /// <summary>Transitions held.</summary>
    int Count { get; }

    /// <summary>Bytes held when it is full.</summary>
    long Bytes { get; }

    /// <summary>Adds a transition; the oldest makes way.</summary>
    /// <param name="observation">Where it began.</param>
    /// <param name="action">What was done, in the environment's own unit.</param>
    /// <param name="reward">Sum of its discounted rewards.</param>
    /// <param name="discount">Factor of the value of <paramref name="next"/>: gamma to the number of steps, 0 where the episode terminated.</param>
    /// <param name="next">Where it led.</param>
    /// <param name="nextLegal">Legal actions there; empty without mask.</param>
    void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal);

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
