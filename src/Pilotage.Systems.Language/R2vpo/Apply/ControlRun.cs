using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>One training run of a user's environment, with all that its figures show. Where a learner has no bound, variances and multipliers are NaN.</summary>
/// <param name="Policy">The last one, greedy.</param>
/// <param name="Return">Its mean return on evaluation episodes.</param>
/// <param name="Steps">Environment steps after each iteration.</param>
/// <param name="Returns">Mean return of training episodes after each iteration; NaN before the first has ended.</param>
/// <param name="Variances">E[(r - 1)^2] over the minibatches of each iteration.</param>
/// <param name="Multipliers">lambda over the minibatches of each iteration.</param>
internal sealed record ControlRun(IPolicy Policy, double Return, IReadOnlyList<long> Steps, IReadOnlyList<double> Returns, IReadOnlyList<double> Variances, IReadOnlyList<double> Multipliers)
{
    private const int Episodes = 100;

    /// <summary>Trains to the end of the task's steps.</summary>
    /// <param name="learner">Fresh.</param>
    /// <param name="task">What it learns.</param>
    /// <param name="seeds">The task's branch: evaluation hangs on it, so that all runs play the same episodes.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    public static ControlRun Train(ILearner learner, ControlTask task, SeedTree seeds, CancellationToken cancellation)
    {
        var (steps, returns, variances, multipliers) = (new List<long>(), new List<double>(), new List<double>(), new List<double>());
        while (learner.Steps < task.Learner.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            steps.Add(learner.Steps);
            returns.Add(Figure("episode_return"));
            variances.Add(Figure("ratio_variance"));
            multipliers.Add(Figure("multiplier"));
        }
        return new(learner.Policy, PolicyEvaluation.Run(learner.Policy, task.Entry.Create, Episodes, seeds.Evaluation, cancellation: cancellation).Mean, steps, returns, variances, multipliers);

        double Figure(string name)
        {
            foreach (var (key, figure) in learner.Diagnostics) if (key == name) return figure;
            return double.NaN;
        }
    }
}
