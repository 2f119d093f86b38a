using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Greedy over a table: in each state the best legal action that was tried. Shares the table with its learner.</summary>
/// <param name="values">The table.</param>
/// <param name="discretizer">Gives states.</param>
public sealed class TabularPolicy(ActionValues values, IDiscretizer discretizer) : IPolicy
{
    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        for (var row = 0; row < frames.Rows; row++)
            if (frames.IsActive(row)) actions.Indices[row] = values.BestTried(discretizer.StateOf(frames.Observation(row)), frames.LegalOf(row));
    }
}
