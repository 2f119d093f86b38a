using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Whatever decides: a heuristic, a learned policy, a search, a remote service.</summary>
/// <remarks>A policy keeps no state of an episode in itself; that is what <see cref="PolicyMemory"/> is for. Reading is thread-safe where no learner writes at the same time.</remarks>
public interface IPolicy
{
    /// <summary>Makes the memory for a number of rows; policies without recurrence need none.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <returns>Memory at the beginning of an episode in every row.</returns>
    PolicyMemory CreateMemory(int rows) => PolicyMemory.None;

    /// <summary>Chooses an action for every active row.</summary>
    /// <param name="frames">Observations, masks and active flags.</param>
    /// <param name="memory">From <see cref="CreateMemory"/>; updated in place. Whoever steps the environment resets the rows that ended.</param>
    /// <param name="random">The stream to sample from.</param>
    /// <param name="actions">Filled for the active rows.</param>
    void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions);
}
