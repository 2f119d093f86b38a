using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Trains a learner on one task and measures it: the last policy, the way there, and how far each iteration moved the probabilities.</summary>
/// <param name="Make">Makes the learner.</param>
internal sealed record ControlArm(Func<ControlTask, SeedTree, Device?, RatioLearner> Make)
{
    private const int CurveEpisodes = 16;                // begun alike after every iteration, so that two policies are compared on the same starts
    private const int FinalEpisodes = 100;

    /// <summary>Trains and measures.</summary>
    /// <param name="task">Where.</param>
    /// <param name="seeds">The trial's branch for the task.</param>
    /// <param name="radius">Of the band that ratios are counted against, the same for every arm.</param>
    /// <param name="device">Where networks are computed.</param>
    /// <param name="clock">Told where the time went.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    public IEnumerable<Measurement> Run(ControlTask task, SeedTree seeds, double radius, Device? device, LearnerClock clock, CancellationToken cancellation)
    {
        var learner = Make(task, seeds, device);
        var (spreads, scores, steps) = (new List<RatioSpread>(), new List<double>(), new List<long>());
        while (learner.Learner.Steps < learner.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Learner.Iterate();
            spreads.Add(RatioSpread.Of(RatioSpread.Ratios(learner.Networks, learner.Experience), radius));
            scores.Add(task.Score(PolicyEvaluation.Run(learner.Learner.Policy, task.Entry.Create, CurveEpisodes, seeds.Branch("curve"), cancellation: cancellation).Mean));
            steps.Add(learner.Learner.Steps);
        }
        var returns = PolicyEvaluation.Run(learner.Learner.Policy, task.Entry.Create, FinalEpisodes, seeds.Evaluation, cancellation: cancellation).Mean;
        yield return new(BpoMetrics.Score, task.Name, task.Score(returns));
        yield return new(BpoMetrics.Return(task), task.Name, returns);
        yield return new(BpoMetrics.Area, task.Name, scores.Average());
        yield return new(BpoMetrics.Spread, task.Name, spreads.Average(spread => spread.Spread));
        yield return new(BpoMetrics.Low, task.Name, spreads.Average(spread => spread.Low));
        yield return new(BpoMetrics.High, task.Name, spreads.Average(spread => spread.High));
        yield return new(BpoMetrics.Outside, task.Name, spreads.Average(spread => spread.OutsideShare));
        yield return new(BpoMetrics.Drop, task.Name, scores.Count == 1 ? 0 : scores.Zip(scores.Skip(1), (before, after) => Math.Max(0, before - after)).Average());
        for (var i = 0; i < steps.Count; i++)
        {
            var place = FormattableString.Invariant($"{task.Name}/{steps[i]:D9}");
            yield return new(BpoMetrics.CurveScore, place, scores[i]);
            yield return new(BpoMetrics.CurveLow, place, spreads[i].Low);
            yield return new(BpoMetrics.CurveHigh, place, spreads[i].High);
        }
        clock.Add(learner.Learner);
    }
}
