using Pilotage.Environments;
using Pilotage.Environments.PointMass;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Plays the point mass from many starts at once, the same for every policy of a seed, and watches where it goes.</summary>
internal static class DiscWatch
{
    /// <summary>Cells of the square on each side.</summary>
    public const int Side = 20;

    /// <summary>Plays one episode from each start.</summary>
    /// <param name="policy">Acts as it is.</param>
    /// <param name="task">The point mass.</param>
    /// <param name="starts">How many, at least 2.</param>
    /// <param name="seeds">Of the evaluation; decides starts and slips.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>Mean and variance of the return, share of the steps in the disc, share of the steps in each cell.</returns>
    public static IEnumerable<Measurement> Measure(IPolicy policy, StudyTask task, int starts, SeedTree seeds, CancellationToken cancellation)
    {
        var environment = task.Create(starts, seeds);
        var actions = new ActionBatch(environment.Spec.Actions, starts);
        var memory = policy.CreateMemory(starts);
        var random = seeds.Actions.Start();
        var (returns, ended, cells) = (new double[starts], new bool[starts], new double[Side * Side]);
        var (steps, inside) = (0L, 0L);
        for (var open = starts; open > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < starts; row++)
            {
                if (ended[row]) continue;
                var place = environment.Frames.Observation(row);
                steps++;
                if (RiskyPointMass.IsInside(place[0], place[1])) inside++;
                cells[CellOf(place[1]) * Side + CellOf(place[0])]++;
            }
            policy.Act(environment.Frames, memory, ref random, actions);
            var transition = environment.Step(actions);
            for (var row = 0; row < starts; row++) if (!ended[row]) returns[row] += transition.Rewards[row];
            foreach (var row in transition.EndedRows)
            {
                if (!ended[row]) open--;
                ended[row] = true;
            }
        }
        var mean = Sample.Mean(returns);
        return
        [
            new(StudyMetrics.Return(task), task.Key, mean),
            new(StudyMetrics.Variance, task.Key, returns.Sum(value => (value - mean) * (value - mean)) / (starts - 1)),
            new(StudyMetrics.Occupancy, task.Key, (double)inside / steps),
            .. cells.Select((visits, cell) => new Measurement(StudyMetrics.Cells, FormattableString.Invariant($"{cell:000}"), visits / steps)),
        ];
    }

    private static int CellOf(float coordinate) => Math.Min(Side - 1, (int)(coordinate * Side));
}
