using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Whatever transitions are written to: a replay, or a place where they wait for one.</summary>
public interface ITransitionSink
{
    /// <summary>Adds a transition.</summary>
    /// <param name="observation">Where it began.</param>
    /// <param name="action">What was done, in the environment's own unit.</param>
    /// <param name="reward">Sum of its discounted rewards.</param>
    /// <param name="discount">Factor of the value of <paramref name="next"/>: gamma to the number of steps, 0 where the episode terminated.</param>
    /// <param name="next">Where it led.</param>
    /// <param name="nextLegal">Legal actions there; empty without mask.</param>
    void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal);
}
