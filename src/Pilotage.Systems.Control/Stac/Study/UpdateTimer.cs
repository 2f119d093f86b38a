using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Times iterations of 256 updates of STAC and of twin-critic SAC in turn, A B A B, in one process, on the same task with networks of the same size.</summary>
internal static class UpdateTimer
{
    /// <summary>Times.</summary>
    /// <param name="arms">Makes the learners.</param>
    /// <param name="batchSize">Transitions per update: the paper's, whatever the study learns with.</param>
    /// <param name="pairs">How many of each, at least 1.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <returns>Seconds of learning of each iteration; instances are pairs.</returns>
    public static IEnumerable<Measurement> Measure(StudyArms arms, int batchSize, int pairs, CancellationToken cancellation)
    {
        var pendulum = EnvironmentCatalog.Find(Pendulum.Describe().Name);
        var task = new StudyTask("timing", pendulum.Name, pendulum.Create, pendulum.CreateHeuristic, Steps: 1_000_000) { LearningStarts = 256 };
        var seeds = SeedTree.Root(0).Branch("timing");
        ILearner Make(MakeLearner make) => make(task, task.Create(1, seeds), seeds).Learner;
        var (stac, sac) = (Make(arms.Stac(0.5, batchSize: batchSize)), Make(arms.Sac(critics: 2, batchSize)));
        for (var i = 0; i < 2; i++)                                                       // the first only plays, the second warms up
        {
            stac.Iterate();
            sac.Iterate();
        }
        for (var pair = 0; pair < pairs; pair++)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = FormattableString.Invariant($"{pair:00}");
            yield return new(StudyMetrics.StacSeconds, name, Seconds(stac));
            yield return new(StudyMetrics.SacSeconds, name, Seconds(sac));
        }
    }

    private static double Seconds(ILearner learner)
    {
        var before = learner.Timing.Learn;
        learner.Iterate();
        return learner.Timing.Learn - before;
    }
}
