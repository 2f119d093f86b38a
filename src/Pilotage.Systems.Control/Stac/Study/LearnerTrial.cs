using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Stac;

/// <summary>How a learner of the study is made.</summary>
internal delegate (ILearner Learner, ISoftCritic Critic) MakeLearner(StudyTask task, IVectorEnvironment environment, SeedTree seeds);

/// <summary>Trains one learner on one task, evaluating policy and critic along the way. The last policy counts.</summary>
/// <param name="task">What is learned.</param>
/// <param name="make">Makes the learner.</param>
/// <param name="discount">gamma, of learner and probe.</param>
/// <param name="scale">Smoke plays fewer episodes.</param>
internal sealed class LearnerTrial(StudyTask task, MakeLearner make, double discount, Scale scale)
{
    private const int Points = 25;                      // evaluations along a training, at most
    private const int LastReturns = 10;                 // of which the final return is made
    private const int LastErrors = 5;                   // of which the final value error is made
    private const int ProbedEpisodes = 4;
    private int ValidationEpisodes => scale == Scale.Smoke ? 1 : 50;

    /// <summary>Trains and measures.</summary>
    /// <param name="seeds">Of the trial; the task has a branch of its own.</param>
    /// <param name="clock">Told where the time went.</param>
    /// <param name="cancellation">Stops within the training.</param>
    public IEnumerable<Measurement> Run(SeedTree seeds, LearnerClock clock, CancellationToken cancellation)
    {
        seeds = seeds.Branch(task.Key);
        var (learner, critic) = make(task, ScaledRewards.Of(task.Create(1, seeds), task.RewardScale), seeds);
        var probe = new ValueProbe((rows, node) => ScaledRewards.Of(task.CreateProbed(rows, node), task.RewardScale), scale == Scale.Smoke ? 1 : ProbedEpisodes, discount);
        var (returns, errors, measured) = (new List<double>(), new List<double>(), new List<Measurement>());
        for (var due = task.LearningStarts + Spacing; learner.Steps < task.Steps;)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            if (learner.Steps < due && learner.Steps < task.Steps) continue;
            due += Spacing;
            var node = seeds.Evaluation.Branch((int)(learner.Steps / Spacing));
            var at = FormattableString.Invariant($"{learner.Steps:000000000}");
            returns.Add(PolicyEvaluation.Run(learner.Policy, task.Create, task.Episodes, node, task.Episodes, cancellation).Mean);
            errors.Add(probe.Measure(critic, node.Branch("probe"), cancellation));
            measured.Add(new(StudyMetrics.ReturnCurve(task), at, returns[^1]));
            measured.Add(new(StudyMetrics.ErrorCurve(task), at, errors[^1]));
        }
        clock.Add(learner);
        measured.Add(new(StudyMetrics.ValueError(task), task.Key, Sample.Mean([.. errors.TakeLast(LastErrors)])));
        measured.Add(new(StudyMetrics.Validation(task), task.Key, PolicyEvaluation.Run(learner.Policy, task.Create, ValidationEpisodes, seeds.Validation, ValidationEpisodes, cancellation).Mean));
        if (task.IsPointMass) measured.AddRange(DiscWatch.Measure(learner.Policy, task, StudyArms.Starts(scale), seeds.Evaluation, cancellation));
        else measured.Add(new(StudyMetrics.Return(task), task.Key, Sample.InterquartileMean([.. returns.TakeLast(LastReturns)])));
        return measured;
    }

    private long Spacing => Math.Max(1, (task.Steps - task.LearningStarts) / Points);
}
