using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Evaluation;

/// <summary>Plays whole episodes and adds up what they earn. Learns nothing.</summary>
public static class PolicyEvaluation
{
    /// <summary>Plays exactly a number of episodes.</summary>
    /// <param name="policy">Acts as it is; memory is made here and reset with each row.</param>
    /// <param name="factory">Makes the environment from a number of rows and a seed node.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seeds">The evaluation's node, apart from all training: <c>root.Evaluation</c> or a branch of it. Same node, same result.</param>
    /// <param name="rows">How many play side by side, at least 1; part of the seeding, because it decides which row plays which episode.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>Returns and lengths: the first row's episodes, then the second's, and so on.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> or <paramref name="rows"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The factory gave another number of rows.</exception>
    /// <exception cref="OperationCanceledException">Stopped by <paramref name="cancellation"/>.</exception>
    /// <remarks>
    /// Each row plays a share fixed beforehand. Taking the first episodes to end, from any row, would favour short ones. An environment without a time limit
    /// must end its episodes itself, or this never returns.
    /// </remarks>
    public static EpisodeReturns Run(
        IPolicy policy, Func<int, SeedTree, IVectorEnvironment> factory, int episodes, SeedTree seeds, int rows = 16, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        rows = Math.Min(rows, episodes);
        var environment = factory(rows, seeds);
        if (environment.Rows != rows) throw new ArgumentException($"The factory was asked for {rows} rows and gave {environment.Rows}.", nameof(factory));
        var actions = new ActionBatch(environment.Spec.Actions, rows);
        var memory = policy.CreateMemory(rows);
        var random = seeds.Actions.Start();
        var (returns, lengths) = (new double[episodes], new int[episodes]);
        var place = new int[rows];                                              // of each row's running episode
        var left = new int[rows];                                               // episodes of each row's share
        for (int row = 0, first = 0; row < rows; first += left[row++])
        {
            place[row] = first;
            left[row] = episodes / rows + (row < episodes % rows ? 1 : 0);
        }
        for (var open = episodes; open > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < rows; row++) if (left[row] > 0 && environment.Frames.IsActive(row)) lengths[place[row]]++;
            policy.Act(environment.Frames, memory, ref random, actions);
            var transition = environment.Step(actions);
            for (var row = 0; row < rows; row++) if (left[row] > 0) returns[place[row]] += transition.Rewards[row];
            foreach (var row in transition.EndedRows)
            {
                memory.ResetRow(row);
                if (left[row] == 0) continue;
                left[row]--;
                place[row]++;
                open--;
            }
        }
        return new(returns, lengths);
    }
}
