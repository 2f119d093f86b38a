using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>One training run of a user's environment, with all that its figures show.</summary>
/// <param name="Policy">The last one, greedy.</param>
/// <param name="Return">Its mean return on evaluation episodes.</param>
/// <param name="Steps">Environment steps after each iteration.</param>
/// <param name="Returns">Mean return of training episodes after each iteration; NaN before the first has ended.</param>
/// <param name="Spreads">How far each iteration moved the ratios.</param>
/// <param name="Ratios">Ratios after the last iteration, [T, N].</param>
/// <param name="Targets">BPO's targets of the same steps; empty for PPO.</param>
/// <param name="AdvantageScale">Mean |A| of the last iteration, in the unit of the learner's rewards; NaN for PPO.</param>
/// <param name="ExplainedVariance">Of the last rollout's returns by the critic.</param>
internal sealed record TrainedRun(
    IPolicy Policy, double Return, IReadOnlyList<long> Steps, IReadOnlyList<double> Returns, IReadOnlyList<RatioSpread> Spreads, float[] Ratios, float[] Targets, double AdvantageScale, double ExplainedVariance)
{
    private const int Episodes = 100;

    /// <summary>Trains one learner from one seed.</summary>
    /// <param name="task">Where.</param>
    /// <param name="isBounded">BPO; else PPO of the same radius as the band's upper one, with PPO's own clip where that is 1 or more.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seeds">The task's branch: evaluation hangs on it, so that all runs play the same episodes.</param>
    /// <param name="seed">Which replication.</param>
    /// <param name="device">Where networks are computed.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    public static TrainedRun Train(ControlTask task, bool isBounded, BpoSystemConfig config, SeedTree seeds, int seed, Device device, CancellationToken cancellation)
    {
        var own = seeds.Branch(seed);
        var run = isBounded ? RatioLearner.Of(task.Learner, task.Entry, own, device) : RatioLearner.Of(task.Ppo(config.ClipRadius), task.Entry, own, device);
        var (steps, returns, spreads) = (new List<long>(), new List<double>(), new List<RatioSpread>());
        float[] ratios = [];
        while (run.Learner.Steps < run.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Learner.Iterate();
            ratios = RatioSpread.Ratios(run.Networks, run.Experience);
            steps.Add(run.Learner.Steps);
            returns.Add(Figure("episode_return"));
            spreads.Add(RatioSpread.Of(ratios, config.Learner.UpperRadius));
        }
        float[] targets = [];
        if (run.Learner is Bpo bounded) bounded.TargetRatios(targets = new float[ratios.Length]);
        var value = PolicyEvaluation.Run(run.Learner.Policy, task.Entry.Create, Episodes, seeds.Evaluation, cancellation: cancellation).Mean;
        return new(run.Learner.Policy, value, steps, returns, spreads, ratios, targets, Figure("advantage_scale"), Figure("explained_variance"));

        double Figure(string name)
        {
            foreach (var (key, figure) in run.Learner.Diagnostics) if (key == name) return figure;
            return double.NaN;
        }
    }
}
