using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Greedy over a table: in each state the best legal action that was tried. Shares the table with its learner.</summary>
/// <param name="values">The table.</param>
/// <param name="discretizer">Gives states.</param>
public sealed class TabularPolicy(ActionValues values, IDiscretizer discretizer) : IPortablePolicy
{
    /// <inheritdoc/>
    /// <remarks>Copies: <c>q</c>, and <c>tried</c> with 1 where an action was ever tried, [states, actions] both.</remarks>
    public IReadOnlyList<WeightBlock> Weights =>
        [new("q", [values.States, values.Actions], values.Values.ToArray()), new("tried", [values.States, values.Actions], values.Tried())];

    /// <inheritdoc/>
    public PolicyDescriptor Describe() => discretizer is UniformGrid grid
        ? new TableDescriptor(new(grid.Low, grid.High, grid.Cells), values.UntriedAction)
        : throw PolicyFile.NotPortable(discretizer);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        for (var row = 0; row < frames.Rows; row++)
            if (frames.IsActive(row)) actions.Indices[row] = values.BestTried(discretizer.StateOf(frames.Observation(row)), frames.LegalOf(row));
    }
}
